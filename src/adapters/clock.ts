import { randomUUID } from 'node:crypto';
import { localOffsetAt } from '#domain/queue/wall-clock.ts';

/** Time and chance, so that tests can set both. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** The same moment as an ISO text in UTC. */
  iso(): string;
  /** Milliseconds by which local time is ahead of UTC at a moment. */
  offsetAt(at: number): number;
  uuid(): string;
  /** Resolves after `ms`, or when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export function createClock(): Clock {
  return {
    now: () => Date.now(),
    iso: () => new Date().toISOString(),
    offsetAt: localOffsetAt,
    uuid: () => randomUUID(),
    wait: (ms, signal) =>
      new Promise((done) => {
        if (signal?.aborted) return done();
        const end = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          done();
        };
        const timer = setTimeout(end, ms);
        signal?.addEventListener('abort', end);
      }),
  };
}
