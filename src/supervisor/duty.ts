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
/** Between two starts of a duty that is woken: what it commits itself wakes it, too, and must not keep it running. */
const LEAST_BETWEEN_MS = 250;

/** Where a duty is between its runs. */
interface Turn {
  /** Something happened since its last run began. */
  woken: boolean;
  /** Ends its sleep; null while it runs, or rests for a time that nothing shortens. */
  end: (() => void) | null;
}

/**
 * Runs each duty in a loop of its own until stopped. A wake while it runs is kept for after the run. `onError` gets what a duty throws;
 * the duty goes on.
 */
export function startDuties(
  duties: readonly Duty[],
  onError: (duty: string, error: unknown) => void,
): DutyLoop {
  const turns = new Map(duties.map((duty) => [duty.name, newTurn()]));
  const called = new Set<string>();
  const stop = new AbortController();
  let calling: ReturnType<typeof setTimeout> | undefined;
  const loop = async (duty: Duty): Promise<void> => {
    const turn = turns.get(duty.name) ?? newTurn();
    while (!stop.signal.aborted) {
      const began = performance.now();
      turn.woken = false;
      let atLeast = LEAST_BETWEEN_MS;
      let restMs: number;
      try {
        restMs = await duty.run();
      } catch (error) {
        onError(duty.name, error);
        restMs = REST_AFTER_ERROR_MS;
        atLeast = REST_AFTER_ERROR_MS;
      }
      await sleep(turn, restMs, stop.signal);
      if (turn.woken) await pause(began + atLeast - performance.now(), stop.signal);
    }
  };
  const running = duties.map(loop);
  const wakeCalled = (): void => {
    calling = undefined;
    for (const name of called) {
      const turn = turns.get(name);
      if (turn === undefined) continue;
      turn.woken = true;
      turn.end?.();
    }
    called.clear();
  };
  return {
    wake(name) {
      for (const duty of duties) {
        if (name === undefined || name === duty.name) called.add(duty.name);
      }
      calling ??= setTimeout(wakeCalled, WAKE_DELAY_MS);
    },
    async stop() {
      clearTimeout(calling);
      stop.abort();
      await Promise.all(running);
    },
  };
}

function newTurn(): Turn {
  return { woken: false, end: null };
}

/** Sleeps until the time is over or somebody wakes it; not at all when somebody already has. */
async function sleep(turn: Turn, ms: number, stop: AbortSignal): Promise<void> {
  if (turn.woken) return;
  const woken = new AbortController();
  turn.end = () => woken.abort();
  await pause(ms, AbortSignal.any([woken.signal, stop]));
  turn.end = null;
}

/** Waits so many milliseconds, or until it is cut short. */
function pause(ms: number, cut: AbortSignal): Promise<void> {
  if (ms <= 0 || cut.aborted) return Promise.resolve();
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      cut.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    cut.addEventListener('abort', end);
  });
}
