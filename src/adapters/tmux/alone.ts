import { setTimeout as delay } from 'node:timers/promises';

/** A lock among all processes that use the server: the function that releases it, or null while another process has it. */
export type TakeLock = () => (() => void) | null;

const PATIENCE_MS = 2_000;
const LOOK_MS = 5;

/**
 * Does the work while nobody else of us makes or ends a session or connects a client. tmux 3.3 ends,
 * with every session, when it has to tell a control client of a session while that client is just
 * connecting (one time in twenty when both come at the same moment). Whoever had to wait too long
 * goes on all the same.
 */
export async function alone<T>(takeLock: TakeLock, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  let release = takeLock();
  while (release === null && performance.now() < until) {
    await delay(LOOK_MS);
    release = takeLock();
  }
  try {
    return await work();
  } finally {
    release?.();
  }
}
