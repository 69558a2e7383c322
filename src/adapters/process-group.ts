import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A line for a shell, and how long it may take. */
export interface GroupRequest {
  line: string;
  cwd: string;
  /** Absent for the environment of this process. */
  env?: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** Whether nothing of it may outlive its own end or that of this process, however this one ends. Else what it leaves running after a success stays. */
  bound: boolean;
}

/** How a line came to its end. A bound one that a signal ended has 128 and its number as its exit code. */
export type GroupEnd =
  | { how: 'exited'; exitCode: number | null; signal: string | null }
  | { how: 'timed_out' }
  | { how: 'stopped' }
  | { how: 'not_started'; reason: string };

/** Between asking a group to end and ending it. */
const GRACE_MS = 3_000;
const LOOK_MS = 20;
/** After the command ended, what it left running may hold its output open for as long as it likes. */
const LAST_WORDS_MS = 500;

/**
 * Runs `$1` beside a watcher that ends the whole group when the other end of descriptor 3 is gone, which the system closes even for a process
 * that was killed.
 */
const BOUND = `( read -r end; trap '' TERM; kill -TERM 0; sleep 3; kill -KILL 0 ) <&3 3<&- >/dev/null 2>&1 &
watcher=$!
exec 3<&-
/bin/sh -c "$1"
code=$?
exec 2>/dev/null
kill $watcher
wait $watcher
exit $code`;

/**
 * Runs a line in a shell, without input and in a process group of its own, so that its timeout or `stopped` ends everything that it started
 * in the foreground. What it says goes to `take`.
 */
export async function runInGroup(
  { line, cwd, env, timeoutMs, bound }: GroupRequest,
  take: (output: Uint8Array) => void,
  stopped: AbortSignal,
): Promise<GroupEnd> {
  const child = spawn('/bin/sh', bound ? ['-c', BOUND, 'sh', line] : ['-c', line], {
    ...{ cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe', bound ? 'pipe' : 'ignore'] },
    ...(env === undefined ? {} : { env }),
  });
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  let timedOut = false;
  let ending: Promise<void> | null = null;
  const end = (): void => {
    ending ??= endGroup(child);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  if (bound) child.once('exit', end);
  try {
    const exit = await ended(child);
    if (exit.exitCode !== 0) end();
    if (timedOut) return { how: 'timed_out' };
    return stopped.aborted ? { how: 'stopped' } : { how: 'exited', ...exit };
  } catch (error) {
    return { how: 'not_started', reason: (error as Error).message };
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', end);
    await ending;
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** Resolves when the command ended and its output was read. Rejects when it could not be started. */
function ended(child: ChildProcess): Promise<{ exitCode: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }));
    child.on('exit', (exitCode, signal) => {
      setTimeout(() => resolve({ exitCode, signal }), LAST_WORDS_MS).unref();
    });
  });
}

/** Asks everything in the group to end, and ends what does not. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  const until = performance.now() + GRACE_MS;
  let alive = signalGroup(pid, 'SIGTERM');
  while (alive && performance.now() < until) {
    await delay(LOOK_MS);
    alive = signalGroup(pid, 0);
  }
  if (alive) signalGroup(pid, 'SIGKILL');
}

/** Whether there is somebody in the group to be told. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // macOS says EPERM of a group of which only the dead are left.
    if (code === 'ESRCH' || code === 'EPERM') return false;
    throw error;
  }
}
