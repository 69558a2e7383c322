/** Something that the clock asks for again and again. */
export interface Duty {
  name: string;
  /**
   * Does what is due now. Returns the milliseconds until it wants to be called again, also when nothing wakes it before; it is never called
   * while it still runs.
   */
  run(): Promise<number>;
}

export interface DutyLoop {
  /** Calls the duties soon that asked to be woken by changes. */
  wake(): void;
  /** Ends the loop; resolves when the running duties have returned. */
  stop(): Promise<void>;
}

/** After an error a duty rests for this long; the error was logged. */
const REST_AFTER_ERROR_MS = 5_000;
/** Changes come in bursts; one look after them is enough. */
const WAKE_DELAY_MS = 50;

/** Runs each duty in a loop of its own until stopped. `onError` gets what a duty throws; the duty goes on. */
export function startDuties(
  duties: readonly Duty[],
  onError: (duty: string, error: unknown) => void,
): DutyLoop {
  const wakes = new Set<() => void>();
  let stopped = false;
  let waking: ReturnType<typeof setTimeout> | undefined;
  const sleep = (ms: number): Promise<void> =>
    new Promise((done) => {
      const end = (): void => {
        clearTimeout(timer);
        wakes.delete(end);
        done();
      };
      const timer = setTimeout(end, ms);
      wakes.add(end);
      if (stopped) end();
    });
  const loop = async (duty: Duty): Promise<void> => {
    while (!stopped) {
      let restMs: number;
      try {
        restMs = await duty.run();
      } catch (error) {
        onError(duty.name, error);
        restMs = REST_AFTER_ERROR_MS;
      }
      await sleep(restMs);
    }
  };
  const running = duties.map(loop);
  const wakeAll = (): void => {
    waking = undefined;
    for (const wake of [...wakes]) wake();
  };
  return {
    wake() {
      waking ??= setTimeout(wakeAll, WAKE_DELAY_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(waking);
      wakeAll();
      await Promise.all(running);
    },
  };
}
