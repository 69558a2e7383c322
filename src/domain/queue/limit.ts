import type { Limit } from '#domain/usage.ts';

/** The window of a limit that Claude did not name. */
export const UNNAMED_WINDOW = 'unnamed';

/** What stands against beginning anything: a limit that is reached, or of which only the person's own part is left. */
export interface LimitHold {
  limit: Limit;
  /** Milliseconds since 1970. */
  until: number;
  reached: boolean;
}

const MINUTE_MS = 60_000;
/** A reading without an end is of no use after the shortest window that there is. */
const READING_MS = 5 * 60 * MINUTE_MS;
/** Nobody said when a limit that is reached ends: one task asks again after this. */
const ASK_AGAIN_MS = 15 * MINUTE_MS;

/** Whether the limit is used up altogether. */
function isReached({ usedPercent }: Limit): boolean {
  return usedPercent >= 100;
}

/** When a limit holds nothing any more. */
function endOf(limit: Limit): number {
  const { resetsAt, readAt } = limit;
  return resetsAt ?? readAt + (isReached(limit) ? ASK_AGAIN_MS : READING_MS);
}

/** Some windows are of one family of models alone; a task whose model is not known may be of any. */
function isOfModel({ window }: Limit, model: string | null): boolean {
  const family = /_(opus|sonnet|haiku)$/.exec(window)?.[1];
  return family === undefined || model === null || model.toLowerCase().includes(family);
}

/** Those that say something: what Claude did not name is told better by any later reading of the account. */
function telling(limits: readonly Limit[]): Limit[] {
  return limits.filter(
    ({ window, readAt }) =>
      window !== UNNAMED_WINDOW ||
      !limits.some((other) => other.window !== UNNAMED_WINDOW && other.readAt > readAt),
  );
}

/** What is not the person's own part of a limit is used. */
function isHolding({ usedPercent }: Limit, reservePercent: number): boolean {
  return usedPercent >= Math.min(100, 100 - reservePercent) && usedPercent > 0;
}

/**
 * The limit that holds longest, or null when none does. One rule for everything that begins by itself: the queue, rounds of fixing and the
 * review loop. `model` is the one that would run; null when it is not known. `now` in milliseconds since 1970.
 */
export function limitHold(
  limits: readonly Limit[],
  { reservePercent, model = null }: { reservePercent: number; model?: string | null },
  now: number,
): LimitHold | null {
  const holds = telling(limits)
    .filter((limit) => isHolding(limit, reservePercent) && isOfModel(limit, model))
    .map((limit) => ({ limit, until: endOf(limit), reached: isReached(limit) }))
    .filter(({ until }) => now < until);
  return holds.toSorted((a, b) => b.until - a.until)[0] ?? null;
}

/** What was begun all at once after a reset would reach the next limit together, before anybody knows. */
const APART_MS = 7_000;
/** Where nobody said when the limit ends, the first one finds out whether it has. */
const APART_UNKNOWN_MS = MINUTE_MS;
/** So long after a reset the work that waited for it begins one by one. */
const AFTER_RESET_MS = 15 * MINUTE_MS;

/** When the next may begin after a limit has just ended, as milliseconds since 1970; null when nothing has to be kept apart. */
export function nextAfterReset(
  limits: readonly Limit[],
  reservePercent: number,
  lastStartAt: number | null,
  now: number,
): number | null {
  const ended = telling(limits).filter(
    (limit) =>
      isHolding(limit, reservePercent) &&
      endOf(limit) <= now &&
      now - endOf(limit) < AFTER_RESET_MS,
  );
  if (lastStartAt === null || ended.length === 0) return null;
  const unknown = ended.some((limit) => limit.resetsAt === null && isReached(limit));
  const next = lastStartAt + (unknown ? APART_UNKNOWN_MS : APART_MS);
  return next > now ? next : null;
}

const WINDOW_WORDS: Record<string, string> = {
  five_hour: '5 h limit',
  seven_day: '7 day limit',
  seven_day_opus: '7 day limit of Opus',
  seven_day_sonnet: '7 day limit of Sonnet',
};

/** What a window is called in sentences. */
export function windowWords(window: string): string {
  return WINDOW_WORDS[window] ?? 'usage limit';
}
