import { setTimeout as delay } from 'node:timers/promises';
import { type Refusal, refuse } from '#domain/error.ts';

/** A lock among all processes of ours: the function that releases it, or null while another process has it. */
export type TakeLock = () => (() => void) | null;

/** A move takes seconds; one over a slow network takes longer than anybody wants to wait. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 50;

/** Moves one branch at a time: two processes that move the same one would each push what the other does not have. */
export async function moveAlone<T>(
  takeLock: TakeLock,
  move: () => Promise<T | Refusal>,
  patienceMs = PATIENCE_MS,
): Promise<T | Refusal> {
  const until = performance.now() + patienceMs;
  let release = takeLock();
  while (release === null && performance.now() < until) {
    await delay(LOOK_MS);
    release = takeLock();
  }
  if (release === null) {
    return refuse('Another branch is just being moved.', 'Try again in a moment.');
  }
  try {
    return await move();
  } finally {
    release();
  }
}
