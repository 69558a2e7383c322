import type { Snapshot } from '#app.ts';

/** Not oftener than this is it looked whether the supervisor runs. */
const INTERVAL_MS = 60_000;

/** Whether there is something that only the supervisor keeps true: an open session, or an open pull request of a task that is not done. */
export function needsSupervisor({ sessions, pullRequests, tasks }: Snapshot): boolean {
  if (sessions.size > 0) return true;
  if (![...pullRequests.values()].some(({ state }) => state === 'open')) return false;
  return tasks.some(
    ({ id, status }) => status !== 'done' && pullRequests.get(id)?.state === 'open',
  );
}

/**
 * Calls `ensure` once `begun` is over, and then every minute unless the supervisor `runs`, each time only if it is needed then. Draws nothing;
 * what failed is tried again the next minute. `begun` must not reject, and `runs` starts no process.
 */
export function keepSupervisor(
  begun: Promise<void>,
  read: () => Snapshot,
  runs: () => boolean,
  ensure: () => Promise<void>,
  onFailure: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> | null = null;
  const look = (): void => {
    if (stopped || running !== null || !needsSupervisor(read())) return;
    running = ensure()
      .catch(onFailure)
      .finally(() => {
        running = null;
      });
  };
  void begun.then(look);
  const timer = setInterval(() => {
    if (!runs()) look();
  }, INTERVAL_MS);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      // Whoever tidies up after this must not meet a supervisor that is just being started.
      await running;
    },
  };
}
