import { spawn } from 'node:child_process';
import type { HookCommand, Settings } from './settings.ts';

type Json = Record<string, unknown>;

export interface HookResult {
  /** null when it was ended by its timeout or because the answer came from elsewhere. */
  exitCode: number | null;
  stderr: string;
  /** What it printed, when that is JSON. */
  output: Json | null;
}

/** Runs every hook of an event side by side, each with the payload on standard input, and waits for all of them. */
export async function runHooks(
  settings: Settings,
  payload: Json & { hook_event_name: string },
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HookResult[]> {
  const subject = String(payload.tool_name ?? payload.source ?? payload.notification_type ?? '');
  const hooks = (settings.hooks.get(payload.hook_event_name) ?? []).filter((hook) =>
    matches(hook.matcher, subject),
  );
  const input = JSON.stringify(payload);
  return Promise.all(hooks.map((hook) => runHook(hook, input, env, signal)));
}

/** What a hook of a prompt adds to it for the model; empty for nothing. */
export function addedBy({ output }: HookResult): string {
  const { additionalContext } = (output?.hookSpecificOutput ?? {}) as Json;
  return typeof additionalContext === 'string' ? additionalContext : '';
}

function matches(matcher: string, subject: string): boolean {
  if (matcher === '' || matcher === '*') return true;
  if (/^[\w\-,| ]+$/.test(matcher)) {
    return matcher.split(/[,|]/).some((word) => word.trim() === subject);
  }
  return new RegExp(matcher).test(subject);
}

function runHook(
  { command, args, timeoutMs }: HookCommand,
  input: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HookResult> {
  const [program, words] = args === null ? ['/bin/sh', ['-c', command]] : [command, args];
  return new Promise((done) => {
    // A session of its own: a hook has no terminal.
    const child = spawn(program, words, { env, detached: true, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    const end = (exitCode: number | null, message = stderr): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      done({ exitCode, stderr: message, output: readOutput(stdout) });
    };
    const kill = (): void => {
      if (child.pid !== undefined && child.exitCode === null) endGroup(child.pid);
    };
    // A no in the dialog ends the hooks that ask, and lets them know.
    const stop = (): void => void child.kill('SIGTERM');
    const timer = setTimeout(kill, timeoutMs);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code));
    // A hook that does not read its input is no fault of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function readOutput(text: string): Json | null {
  if (!text.trim().startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Ends a process that leads a group of its own, and all that it started. */
export function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
