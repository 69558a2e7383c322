export interface Poller {
  /**
   * Looks again at once, and often for a while: something is about to change, for example after a
   * key was sent.
   */
  kick(): void;
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
   * Called when a look failed: the pane or the connection is gone. Looking goes on at the slowest
   * pace until `stop`.
   */
  onFailure(error: unknown): void;
  /** Somebody peeks when the screen may have changed, so that it need not be looked at often while it sleeps. */
  told?: boolean;
}

const CHANGING_MS = 1000 / 15;
const QUIET_MS = 1000 / 4;
const ASLEEP_MS = 1000;
/** The same where somebody tells of changes. */
const TOLD_MS = 10_000;
const QUIET_AFTER_MS = 2_000;
const ASLEEP_AFTER_MS = 30_000;
/**
 * An answer to a key takes a few milliseconds to reach the screen; looking sooner would look twice.
 */
const KICK_MS = 6;

/**
 * Looks at a screen as often as it is worth: 15 times a second while it changes, 4 times when
 * nothing changed for two seconds, once a second after half a minute, or hardly ever where changes
 * are told. There is never more than one look at a time; the first is made at once.
 */
export function createPoller({
  capture,
  onChange,
  onFailure,
  told = false,
}: PollerOptions): Poller {
  let timer: NodeJS.Timeout | undefined;
  let last: string | null = null;
  let changedAt = performance.now();
  let looking = false;
  let kicked = false;
  let stopped = false;

  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void look(), ms);
  };
  const look = async () => {
    looking = true;
    kicked = false;
    let pause = ASLEEP_MS;
    try {
      const screen = await capture();
      const seen = screen.join('\n');
      if (seen !== last && !stopped) {
        last = seen;
        changedAt = performance.now();
        onChange(screen);
      }
      pause = paceAfter(performance.now() - changedAt, told ? TOLD_MS : ASLEEP_MS);
    } catch (error) {
      last = null;
      if (!stopped) onFailure(error);
    }
    looking = false;
    schedule(kicked ? KICK_MS : pause);
  };
  void look();

  return {
    kick() {
      changedAt = performance.now();
      kicked = true;
      if (!looking) schedule(KICK_MS);
    },
    peek() {
      if (looking) kicked = true;
      else schedule(KICK_MS);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function paceAfter(quietMs: number, asleepMs: number): number {
  if (quietMs < QUIET_AFTER_MS) return CHANGING_MS;
  return quietMs < ASLEEP_AFTER_MS ? QUIET_MS : asleepMs;
}
