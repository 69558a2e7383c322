export interface Poller {
  /** Looks once, soon: something may have changed. */
  peek(): void;
  stop(): void;
}

export interface PollerOptions {
  /** Reads the screen, one string per row. */
  capture(): Promise<string[]>;
  /** Called with each screen that differs from the one before. */
  onChange(screen: string[]): void;
  /**
   * Called when a look failed: the pane or the connection is gone. Looking goes on once a second
   * until `stop`.
   */
  onFailure(error: unknown): void;
}

const CHANGING_MS = 1000 / 15;
const QUIET_MS = 1000 / 4;
/** Somebody peeks when it may have changed. */
const ASLEEP_MS = 10_000;
const FAILED_MS = 1000;
const QUIET_AFTER_MS = 2_000;
const ASLEEP_AFTER_MS = 30_000;
/** What was just written takes a few milliseconds to stand whole; looking sooner would look twice. */
const PEEK_MS = 6;

/**
 * Looks at a screen as often as it is worth: 15 times a second while it changes, 4 times when
 * nothing changed for two seconds, hardly ever after half a minute. There is never more than one
 * look at a time; the first is made at once.
 */
export function createPoller({ capture, onChange, onFailure }: PollerOptions): Poller {
  let timer: NodeJS.Timeout | undefined;
  let last: string | null = null;
  let changedAt = performance.now();
  let looking = false;
  let again = false;
  let stopped = false;

  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void look(), ms);
  };
  const look = async () => {
    looking = true;
    again = false;
    let pause = FAILED_MS;
    try {
      const screen = await capture();
      const seen = screen.join('\n');
      if (seen !== last && !stopped) {
        last = seen;
        changedAt = performance.now();
        onChange(screen);
      }
      pause = paceAfter(performance.now() - changedAt);
    } catch (error) {
      last = null;
      if (!stopped) onFailure(error);
    }
    looking = false;
    schedule(again ? PEEK_MS : pause);
  };
  void look();

  return {
    peek() {
      if (looking) again = true;
      else schedule(PEEK_MS);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function paceAfter(quietMs: number): number {
  if (quietMs < QUIET_AFTER_MS) return CHANGING_MS;
  return quietMs < ASLEEP_AFTER_MS ? QUIET_MS : ASLEEP_MS;
}
