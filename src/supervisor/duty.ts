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
  /** Calls all duties soon, or the one of this name. */
  wake(name?: string): void;
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
  const wakes = new Map<() => void, string>();
  const woken = new Set<string>();
  let stopped = false;
  let waking: ReturnType<typeof setTimeout> | undefined;
  const sleep = (name: string, ms: number): Promise<void> =>
    new Promise((done) => {
      const end = (): void => {
        clearTimeout(timer);
        wakes.delete(end);
        done();
      };
      const timer = setTimeout(end, ms);
      wakes.set(end, name);
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
      await sleep(duty.name, restMs);
    }
  };
  const running = duties.map(loop);
  const wakeWoken = (): void => {
    waking = undefined;
    for (const [end, name] of [...wakes]) if (woken.has(name)) end();
    woken.clear();
  };
  return {
    wake(name) {
      for (const duty of duties) if (name === undefined || name === duty.name) woken.add(duty.name);
      waking ??= setTimeout(wakeWoken, WAKE_DELAY_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(waking);
      for (const end of [...wakes.keys()]) end();
      await Promise.all(running);
    },
  };
}
