/** Milliseconds by which local time is ahead of UTC at a moment; it changes with summer and winter. */
export type OffsetAt = (at: number) => number;

/** As the zone of this machine says. A rule is given it with the moment, and asks no machine by itself. */
export const localOffsetAt: OffsetAt = (at) => -new Date(at).getTimezoneOffset() * MINUTE;

/** A moment, and where the clock on the wall stands. Milliseconds since 1970. */
export interface Here {
  now: number;
  offsetAt: OffsetAt;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What the clock on the wall shows: the days since 1970 and the milliseconds of that day. */
export interface WallTime {
  day: number;
  ms: number;
}

export function wallTime(at: number, offsetAt: OffsetAt): WallTime {
  const local = at + offsetAt(at);
  const day = Math.floor(local / DAY);
  return { day, ms: local - day * DAY };
}

/**
 * When the clock on the wall shows this. Of an hour that exists twice it is the first; in an hour that is left out it is as much later as the
 * clock jumps, so that neither makes two moments or none.
 */
export function fromWallTime({ day, ms }: WallTime, offsetAt: OffsetAt): number {
  const local = day * DAY + ms;
  const before = local - offsetAt(local - DAY);
  const after = local - offsetAt(local + DAY);
  const shown = [before, after].filter((at) => at + offsetAt(at) === local);
  return shown.length === 0 ? before : Math.min(...shown);
}

/** The first two and three letters of these are understood, too; Monday is 0. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** The first of January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `09:30`, with seconds only where there are some. */
export function timeWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  const seconds = Math.floor((ms % MINUTE) / 1_000);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return seconds === 0 ? clock : `${clock}:${two(seconds)}`;
}

/** A moment so that it can be read back: `2026-11-21 09:00`. */
export function writeMoment(at: number, offsetAt: OffsetAt): string {
  const { day, ms } = wallTime(at, offsetAt);
  return `${new Date(day * DAY).toISOString().slice(0, 10)} ${timeWords(ms)}`;
}
