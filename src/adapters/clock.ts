import { randomUUID } from 'node:crypto';

/** Time and chance, so that tests can set both. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** The same moment as an ISO text in UTC. */
  iso(): string;
  uuid(): string;
  /** Resolves after `ms`, or when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export function createClock(): Clock {
  return {
    now: () => Date.now(),
    iso: () => new Date().toISOString(),
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
