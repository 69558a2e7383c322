/** By what a dashboard may be ended from outside, and its exit code then. */
const ENDED_BY = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What the dashboard does when it is asked to end. */
export interface Ending {
  /** Whether another program has the terminal: an interrupt is meant for that. */
  isAway(): boolean;
  /** The terminal itself is gone; what is written to it from now on fails. */
  onHangup(): void;
  /** Ends the dashboard as its own key does. */
  end(): void;
}

/**
 * Ends the dashboard when somebody asks its process to end. A second time the process ends at once, as without this. `code` is the exit
 * code: 0 as long as nobody asked.
 */
export function endOnSignals({ isAway, onHangup, end }: Ending): {
  code(): number;
  stop(): void;
} {
  let code = 0;
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGINT' && isAway()) return;
    stop();
    code = ENDED_BY[signal as keyof typeof ENDED_BY];
    if (signal === 'SIGHUP') onHangup();
    end();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return { code: () => code, stop };
}

const SIGNALS = Object.keys(ENDED_BY) as (keyof typeof ENDED_BY)[];
