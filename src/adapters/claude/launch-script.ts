import { MAX_PROMPT_ARGUMENT_BYTES } from '#domain/prompt.ts';
import { shellLine, shellWord } from './shell-words.ts';

export interface LaunchScriptRequest {
  sessionId: string;
  /** The program: a name or an absolute path. */
  claude: string;
  /** Arguments without the first prompt. */
  args: readonly string[];
  /** null starts without a first prompt. */
  prompt: string | null;
  env: Readonly<Record<string, string>>;
  /** The command that runs the project's setup and reports how it went, and its log; null when there is none. */
  setup: { words: readonly string[]; log: string } | null;
}

/**
 * The POSIX shell script that a pane runs. Everything goes through it, because tmux takes no command over about 16 kB: the environment,
 * the prompt and the arguments, each as one quoted word. It ends in `exec`, so that the pane's process is Claude itself.
 */
export function launchScript(request: LaunchScriptRequest): string {
  const words = [request.claude, ...request.args];
  if (request.prompt !== null) words.push('--', request.prompt);
  const parts = [
    '#!/bin/sh',
    '# Written by claustre for one session, anew at each launch.',
    ...exportLines(request),
    ...(request.setup === null ? [] : [setupPart(request.setup)]),
    `exec ${shellLine(words)}`,
  ];
  return `${parts.join('\n')}\n`;
}

function exportLines({ env, sessionId }: Pick<LaunchScriptRequest, 'env' | 'sessionId'>): string[] {
  const exports = Object.entries({ ...env, CLAUSTRE_SESSION_ID: sessionId });
  return exports.map(([name, value]) => `export ${name}=${shellWord(value)}`);
}

/** The script of a pane beside Claude's: the person's own shell, in the same environment. */
export function shellScript(sessionId: string, env: Readonly<Record<string, string>>): string {
  const parts = [
    '#!/bin/sh',
    '# Written by claustre for the shells of one session.',
    ...exportLines({ env, sessionId }),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
    'exec "${SHELL:-/bin/sh}" -i',
  ];
  return `${parts.join('\n')}\n`;
}

/** After a failure the pane stays, so that a person who looks into it finds the output and not an empty screen. */
function setupPart({ words, log }: { words: readonly string[]; log: string }): string {
  const sentence = `claustre: the setup failed, so Claude was not started. Its output is in ${log}. Press Enter to close this pane.`;
  return [
    `if ! ${shellLine(words)}; then`,
    `  printf '\\n%s\\n' ${shellWord(sentence)}`,
    '  read -r _',
    '  exit 1',
    'fi',
  ].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Claude ends itself on one of these as its whole prompt. */
const ENDS_CLAUDE = /^\s*(exit|quit|:q!?|:wq!?)\s*$/i;

export function isTooLong(prompt: string): boolean {
  return Buffer.byteLength(prompt) > MAX_PROMPT_ARGUMENT_BYTES;
}

/**
 * A first prompt as an argument that reaches the model as text. The line end behind it keeps a single word ("update", "doctor") from
 * being taken for a subcommand, even after `--`; a space before a slash keeps it from being a command of Claude's.
 */
export function promptArgument(prompt: string): string {
  const clean = prompt.replace(/\r\n?/g, '\n').replace(UNSAFE, '');
  const ends = ENDS_CLAUDE.exec(clean)?.[1];
  if (ends !== undefined) return `Please ${ends}.\n`;
  return clean.startsWith('/') ? ` ${clean}\n` : `${clean}\n`;
}

/** What is said instead of a prompt that is too long for an argument. */
export function promptInFile(path: string): string {
  return `Your task is too long for this message. Read all of the file ${path}, in several parts if need be, and do what it says.\n`;
}
