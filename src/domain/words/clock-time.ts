const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A moment as the clock on the wall shows it: "14:05" today, "20 Nov" on another day. Unlike an age it stays true while nothing happens, so
 * that a screen need not be drawn again for it. Both in milliseconds since 1970; local time.
 */
export function formatClockTime(at: number, now: number): string {
  const moment = new Date(at);
  return isSameDay(moment, now) ? timeOf(moment) : dayOf(moment);
}

/** The same where there is room for both: "14:05" today, "20 Nov 14:05" on another day. */
export function formatMoment(at: number, now: number): string {
  const moment = new Date(at);
  return isSameDay(moment, now) ? timeOf(moment) : `${dayOf(moment)} ${timeOf(moment)}`;
}

function isSameDay(moment: Date, now: number): boolean {
  return moment.toDateString() === new Date(now).toDateString();
}

function dayOf(moment: Date): string {
  return `${moment.getDate()} ${MONTHS[moment.getMonth()]}`;
}

function timeOf(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
