import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';

export interface SetupRequest {
  command: string;
  timeoutSecs: number;
  worktree: string;
}

export interface SetupResult {
  /** null when it was ended by its timeout or by the person. */
  exitCode: number | null;
  timedOut: boolean;
  /** One phrase about a failure; null after success. */
  reason: string | null;
}

const MAX_LOG_BYTES = 16 * 1024 * 1024;
/** Between asking the command to end and ending it. */
const GRACE_MS = 3_000;
/** After the command ended, what it left running may hold its output open for as long as it likes. */
const LAST_WORDS_MS = 500;

/**
 * Runs the project's setup command in the worktree. Its output goes to `show` and to the log. It runs in a process group of its own, so
 * that its timeout, a Ctrl-C or the end of the pane (`stopped`) ends everything that it started in the foreground.
 */
export async function runSetup(
  request: SetupRequest,
  logPath: string,
  show: (output: Uint8Array) => void,
  stopped: AbortSignal,
): Promise<SetupResult> {
  const log = openLog(logPath);
  try {
    return await supervise(request, stopped, (output) => {
      show(output);
      log.write(output);
    });
  } finally {
    log.close();
  }
}

async function supervise(
  { command, timeoutSecs, worktree }: SetupRequest,
  stopped: AbortSignal,
  take: (output: Uint8Array) => void,
): Promise<SetupResult> {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: worktree,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  let timedOut = false;
  const end = (): void => endGroup(child);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutSecs * 1000);
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  try {
    const exit = await ended(child);
    if (timedOut)
      return { exitCode: null, timedOut, reason: `setup took longer than ${timeoutSecs} s` };
    if (stopped.aborted) return { exitCode: null, timedOut, reason: 'setup was interrupted' };
    if (exit.code === 0) return { exitCode: 0, timedOut, reason: null };
    // What a failed setup left running belongs to nobody.
    end();
    const how =
      exit.code === null ? `was ended by ${exit.signal}` : `ended with exit code ${exit.code}`;
    return { exitCode: exit.code, timedOut, reason: `setup ${how}` };
  } catch (error) {
    return {
      exitCode: null,
      timedOut,
      reason: `setup could not be started: ${(error as Error).message}`,
    };
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', end);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Resolves when the command ended and its output was read. Rejects when it could not be started. */
function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('exit', (code, signal) => {
      setTimeout(() => resolve({ code, signal }), LAST_WORDS_MS).unref();
    });
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const group = -child.pid;
  signalGroup(group, 'SIGTERM');
  setTimeout(() => signalGroup(group, 'SIGKILL'), GRACE_MS).unref();
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch (error) {
    // All of it has ended already: that is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function openLog(path: string): { write(output: Uint8Array): void; close(): void } {
  const file = openSync(path, 'w', 0o600);
  let room = MAX_LOG_BYTES;
  return {
    write(output) {
      if (room <= 0) return;
      writeSync(file, output.subarray(0, room));
      room -= output.length;
      if (room <= 0) writeSync(file, '\n[claustre keeps no more than this of the output]\n');
    },
    close: () => closeSync(file),
  };
}
