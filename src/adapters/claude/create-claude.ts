import type { RunCommand } from '#adapters/command.ts';
import { readLogEnd } from '#adapters/log-end.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Claude, ClaudeLaunch, PaneProgram } from './claude.ts';
import { forgetSession } from './forget-session.ts';
import {
  isTooLong,
  launchScript,
  promptArgument,
  promptInFile,
  shellScript,
} from './launch-script.ts';
import { readLayers } from './layers.ts';
import { paneEnvironment } from './pane-environment.ts';
import { print } from './print.ts';
import { readJson } from './read-json.ts';
import { readPrint } from './run-print.ts';
import { runTurn, type Turn, writeTurn } from './run-turn.ts';
import { type SessionFiles, sessionFiles } from './session-files.ts';
import { readSessionsFile } from './sessions-file.ts';
import { buildSettings } from './settings-file.ts';

import { hasConversation } from './transcript.ts';
import { readTranscriptPart, sizeOf, subagentTranscripts } from './transcript-lines.ts';
import { isTrusted } from './trust.ts';
import { findUserStatusLine } from './user-status-line.ts';
import { isAtLeast, parseVersion } from './version.ts';
import { watchSessionsFiles } from './watch-sessions-files.ts';
import { removeOwnFile, writeOwnFile } from './write-file.ts';

/** The parts of claustre's paths that a session is started with. */
export interface ClaudePaths {
  home: string;
  layer: string;
  sessions: string;
  node: string;
  main: string;
  hook: string;
  hooks: string;
}

type Env = Readonly<Record<string, string>>;

const VERSION_TIMEOUT_MS = 15_000;

/** Claude Code as a program in panes. `command` is its name or absolute path; `env` is the environment of claustre itself. */
export function createClaude(options: {
  paths: ClaudePaths;
  run: RunCommand;
  env: Env;
  command?: string;
}): Claude {
  const { paths, run, env, command = 'claude' } = options;
  const filesOf = (sessionId: string): SessionFiles => sessionFiles(paths.sessions, sessionId);
  const environmentOf = (sessionId: string, fallback: Env): Record<string, string> =>
    readEnvironment(filesOf(sessionId).environment) ?? paneEnvironment(fallback);
  return {
    version: () => askVersion(run, command, env),
    async prepare(launch) {
      const kept = { ...paneEnvironment(launch.env), ...launch.worktreeEnv };
      // Asked in the pane's environment: another PATH may lead to another Claude.
      const version = await askVersion(run, command, { ...env, ...kept });
      if (isRefusal(version)) return version;
      return prepare(paths, command, launch, { version, env: kept });
    },
    async print(request) {
      const files = filesOf(request.sessionId);
      const kept = environmentOf(request.sessionId, request.env);
      const version = await askVersion(run, command, { ...env, ...kept });
      return isRefusal(version) ? version : print(files, command, request, { version, env: kept });
    },
    runTurn(sessionId, fallback, show) {
      const files = filesOf(sessionId);
      const kept = readEnvironment(files.environment) ?? paneEnvironment(fallback);
      return runTurn(files, { ...kept, CLAUSTRE_SESSION_ID: sessionId }, show);
    },
    readPrint: (sessionId, name) => readPrint(filesOf(sessionId).review, name),
    readSessionsFile: (pid, paneEnv) => readSessionsFile(pid, paneEnv),
    watchSessionsFiles: (callback) => watchSessionsFiles(env, callback),
    environmentOf,
    readEnvironment: (sessionId) => readEnvironment(filesOf(sessionId).environment),
    writeShell(sessionId, fallback) {
      const files = filesOf(sessionId);
      writeOwnFile(files.shell, shellScript(sessionId, environmentOf(sessionId, fallback)));
      return ['/bin/sh', files.shell];
    },
    hasConversation,
    transcriptSize: sizeOf,
    readTranscript: readTranscriptPart,
    subagentTranscripts,
    isTrusted: (repository) => isTrusted(repository, env),
    readLayers: (repository) => readLayers(paths.layer, repository),
    readSetupLog: (sessionId) => readLogEnd(filesOf(sessionId).setupLog),
    forget: (sessionId) => forgetSession(filesOf(sessionId)),
  };
}

async function askVersion(run: RunCommand, command: string, env: Env): Promise<string | Refusal> {
  try {
    const result = await run(command, ['--version'], { env, timeoutMs: VERSION_TIMEOUT_MS });
    const version = result.exitCode === 0 ? parseVersion(result.stdout) : null;
    if (version !== null) return version.join('.');
    return refuse(
      `"${command} --version" did not say a version.`,
      `Run \`${command} --version\` in a shell and see what it says.`,
      'environment',
    );
  } catch (error) {
    if (!(error instanceof ClaustreError)) throw error;
    if (error.code !== 'environment' && error.code !== 'timeout') throw error;
    return refuse(
      error.message,
      'Install Claude Code: https://claude.com/claude-code',
      'environment',
    );
  }
}

/** Writes the files of a session, replacing those of an earlier launch, and returns what the pane runs. */
function prepare(
  paths: ClaudePaths,
  command: string,
  launch: ClaudeLaunch,
  installed: { version: string; env: Env },
): PaneProgram {
  const files = sessionFiles(paths.sessions, launch.sessionId);
  const alone = launch.mode === 'autonomous';
  const permissionMode = launch.permissionMode ?? (alone ? 'acceptEdits' : null);
  const headless = launch.runner === 'headless' ? launch.prompt : null;
  const prompt = headless !== null ? NO_PROMPT : writePrompt(files, launch.prompt);
  const line = findUserStatusLine(launch.worktree, installed.env);
  replace(files.statusLine, line?.command ?? null);
  const settings = buildSettings({
    ...paths,
    version: installed.version,
    permissionMode,
    permissions: alone ? launch.permissions : null,
    readable: prompt.file === null ? [] : [prompt.file],
    statusLinePadding: line?.padding ?? null,
  });
  writeOwnFile(files.settings, `${JSON.stringify(settings, null, 2)}\n`);
  writeOwnFile(files.environment, JSON.stringify(installed.env));
  replace(files.systemPrompt, launch.systemPrompt);
  replace(files.setup, launch.setup === null ? null : setupText(launch));
  const args = claudeArguments(launch, files, permissionMode, installed.version);
  if (headless !== null) {
    const argv: Turn['argv'] = [
      command,
      '--print',
      '--output-format',
      'stream-json',
      '--verbose',
      ...args,
    ];
    writeTurn(files, { argv, worktree: launch.worktree }, promptArgument(headless));
  }
  const script = launchScript({
    sessionId: launch.sessionId,
    ...(headless !== null
      ? { claude: paths.node, args: [paths.main, 'headless', '--session-id', launch.sessionId] }
      : { claude: command, args }),
    prompt: prompt.argument,
    // What prints is a command of claustre: it must find the same data directory.
    env: headless !== null ? { ...installed.env, CLAUSTRE_HOME: paths.home } : installed.env,
    setup:
      launch.setup === null
        ? null
        : { words: [paths.node, paths.hook, paths.home, 'setup'], log: files.setupLog },
  });
  writeOwnFile(files.script, script);
  return { argv: ['/bin/sh', files.script], env: { CLAUSTRE_SESSION_ID: launch.sessionId } };
}

/** A Claude that prints reads its prompt from its standard input. */
const NO_PROMPT = { argument: null, file: null };

function setupText({ setup, worktree }: ClaudeLaunch): string {
  return JSON.stringify({ ...setup, worktree });
}

function replace(path: string, text: string | null): void {
  if (text === null) removeOwnFile(path);
  else writeOwnFile(path, text);
}

/** The first prompt as an argument; one that is too long for that lies byte for byte in a file that the argument names. */
function writePrompt(
  files: SessionFiles,
  prompt: string | null,
): { argument: string | null; file: string | null } {
  const long = prompt !== null && isTooLong(prompt);
  replace(files.prompt, long ? prompt : null);
  if (long) return { argument: promptInFile(files.prompt), file: files.prompt };
  return { argument: prompt === null ? null : promptArgument(prompt), file: null };
}

/** `--append-system-prompt-file` is in no changelog; it works in this version, and the words themselves work in every one. */
const SYSTEM_PROMPT_FILE_SINCE = '2.1.197';

function claudeArguments(
  launch: ClaudeLaunch,
  files: SessionFiles,
  permissionMode: string | null,
  version: string,
): string[] {
  const { systemPrompt, model, effort } = launch;
  const args = ['--settings', files.settings];
  args.push(launch.resume ? '--resume' : '--session-id', launch.claudeSessionId);
  if (systemPrompt !== null) {
    const fromFile = isAtLeast(version, SYSTEM_PROMPT_FILE_SINCE) || isTooLong(systemPrompt);
    if (fromFile) args.push('--append-system-prompt-file', files.systemPrompt);
    else args.push('--append-system-prompt', systemPrompt.replaceAll('\0', ''));
  }
  if (model !== null) args.push('--model', model);
  if (effort !== null) args.push('--effort', effort);
  // The worktree is ours: Claude makes none of its own inside it. It takes every word up to the next option.
  args.push('--disallowedTools', 'EnterWorktree');
  if (permissionMode !== null) args.push('--permission-mode', permissionMode);
  return args;
}

function readEnvironment(path: string): Record<string, string> | null {
  const json = readJson(path);
  if (json === 'missing' || json === 'unreadable') return null;
  const entries = Object.entries(json);
  if (entries.some(([, value]) => typeof value !== 'string')) return null;
  return Object.fromEntries(entries as [string, string][]);
}
