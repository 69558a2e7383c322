import { type ChildProcess, spawn } from 'node:child_process';
import { endGroup } from './hooks.ts';

export interface ShellResult {
  stdout: string;
  stderr: string;
  /** null when it was ended from outside. */
  exitCode: number | null;
}

/** Claude keeps no more of a command's output. */
const MAX_OUTPUT = 30_000;

/** Runs a command as the Bash tool does: in the working directory, without a terminal, in a process group that an interrupt ends. */
export function runShell(
  command: string,
  where: { cwd: string; env: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<ShellResult> {
  const child = startShell(command, where);
  const result: ShellResult = { stdout: '', stderr: '', exitCode: null };
  const stop = (): void => {
    if (child.pid !== undefined) endGroup(child.pid);
  };
  signal.addEventListener('abort', stop);
  child.stdout?.on('data', (data) => {
    result.stdout = (result.stdout + data).slice(0, MAX_OUTPUT);
  });
  child.stderr?.on('data', (data) => {
    result.stderr = (result.stderr + data).slice(0, MAX_OUTPUT);
  });
  return new Promise((done) => {
    const end = (exitCode: number | null, more = ''): void => {
      signal.removeEventListener('abort', stop);
      done({ ...result, stderr: result.stderr + more, exitCode });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code));
  });
}

export function startShell(
  command: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): ChildProcess {
  return spawn('/bin/sh', ['-c', command], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
