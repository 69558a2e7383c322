import {
  DAY,
  localOffsetAt,
  MINUTE,
  type OffsetAt,
  timeWords,
  WEEKDAYS,
  wallTime,
  weekdayOf,
} from '#domain/queue/wall-clock.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A weekday tells a day of the next weeks; later ones would be taken for one of these. */
const WEEKDAY_DAYS = 25;

/**
 * A moment as the clock on the wall shows it: "14:05" today, "20 Nov" on another day. Unlike an age it stays true while nothing happens, so
 * that a screen need not be drawn again for it. Both in milliseconds since 1970; local time.
 */
export function formatClockTime(at: number, now: number): string {
  const moment = wallTime(at, localOffsetAt);
  return moment.day === wallTime(now, localOffsetAt).day ? clockOf(moment.ms) : dateOf(moment.day);
}

/**
 * A moment as short as it can be told apart, where there is room for day and time: "14:30" today, "Sat 21 09:00" in the next weeks, else
 * "5 Jan 09:00", with the year when it is another.
 */
export function formatMoment(at: number, now: number, offsetAt: OffsetAt = localOffsetAt): string {
  const { day, ms } = wallTime(at, offsetAt);
  const today = wallTime(now, offsetAt).day;
  const time = clockOf(ms);
  if (day === today) return time;
  if (day > today && day - today < WEEKDAY_DAYS) {
    return `${WEEKDAYS[weekdayOf(day)]} ${dayOfMonth(day)} ${time}`;
  }
  const year = yearOf(day);
  return `${dateOf(day)}${year === yearOf(today) ? '' : ` ${year}`} ${time}`;
}

function clockOf(ms: number): string {
  return timeWords(ms - (ms % MINUTE));
}

function dateOf(day: number): string {
  return `${dayOfMonth(day)} ${MONTHS[new Date(day * DAY).getUTCMonth()]}`;
}

function dayOfMonth(day: number): number {
  return new Date(day * DAY).getUTCDate();
}

function yearOf(day: number): number {
  return new Date(day * DAY).getUTCFullYear();
}
