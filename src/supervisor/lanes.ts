/** Work side by side: in a lane one after the other, so that a remote that is silent holds up nobody but those who wait for it. */
export interface Lanes {
  /**
   * Begins the work of each lane that has ended what it did before, and waits for all of it, but not long. Returns whether any still runs:
   * then it is to be called again soon. Throws what went wrong since the last call.
   */
  run(work: ReadonlyMap<string, () => Promise<void>>): Promise<boolean>;
}

/** What takes longer is not waited for: whoever is in other lanes is looked after meanwhile. */
export const PATIENCE_MS = 1_000;
/** So many run at once: each may run a program, and hold a connection. */
const MOST = 6;

export function createLanes(patienceMs = PATIENCE_MS): Lanes {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];
  const begin = (): void => {
    for (const [lane, work] of waiting) {
      if (running.size >= MOST) return;
      waiting.delete(lane);
      const ended = work()
        .catch((error: unknown) => void errors.push(error))
        .finally(() => {
          running.delete(lane);
          begin();
        });
      running.set(lane, ended);
    }
  };
  const allEnded = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };
  return {
    async run(work) {
      for (const [lane, each] of work) if (!running.has(lane)) waiting.set(lane, each);
      begin();
      await soonOrLater(allEnded(), patienceMs);
      if (errors.length > 0) throw errors.shift();
      return running.size > 0;
    },
  };
}

/** Waits for it, but not longer than this. */
async function soonOrLater(ended: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
}
