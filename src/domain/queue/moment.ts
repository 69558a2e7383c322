import { type Refusal, refuse } from '#domain/error.ts';
import { readSpan } from './span.ts';
import { DAY, fromWallTime, type Here, HOUR, MINUTE, wallTime, weekdayOf } from './wall-clock.ts';

const HINT = 'Write 14:30, tomorrow 09:00, mon 09:00, 2026-11-21 09:00 or +2h.';

/** The moment from which a task may start, as people write it. A time of the day without a day is the next one. Refuses what is past. */
export function readMoment(text: string, here: Here): number | Refusal {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const at = readSince(plain, here) ?? readIso(text.trim(), here) ?? readDayAndTime(plain, here);
  if (at === null) return refuse(`"${text.trim()}" is no moment.`, HINT, 'invalid');
  if (at > here.now) return at;
  return refuse(`"${text.trim()}" is past.`, 'Leave it out, and it may start at once.', 'invalid');
}

/** `+2h`, `in 2h` */
function readSince(text: string, { now }: Here): number | null {
  const [, span] = /^(?:\+|in )(.+)$/.exec(text) ?? [];
  const ms = span === undefined ? null : readSpan(span);
  return ms === null || ms === 0 ? null : now + ms;
}

/** `2026-11-21`, with a time in local time, or in the zone that stands behind it. */
function readIso(text: string, { offsetAt }: Here): number | null {
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?(z|[+-]\d\d:?\d\d)?)?$/i.exec(text);
  if (match === null) return null;
  const [, date = '', time = '00:00', seconds = ':00', zone] = match;
  const utc = Date.parse(`${date}T${time}${seconds}Z`);
  // Date.parse takes the 31st of November for the first of December.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== date) return null;
  if (zone === undefined) {
    const day = Math.floor(utc / DAY);
    return fromWallTime({ day, ms: utc - day * DAY }, offsetAt);
  }
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const ahead = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
  return sign === '-' ? utc + ahead : utc - ahead;
}

/** `14:30`, `today 14:30`, `tomorrow 09:00`, `mon 09:00` */
function readDayAndTime(text: string, { now, offsetAt }: Here): number | null {
  const [, word, time = ''] = /^(?:([a-z]+) )?(\S+)$/.exec(text) ?? [];
  const ms = readTime(time);
  if (ms === null) return null;
  const today = wallTime(now, offsetAt).day;
  const on = (day: number): number => fromWallTime({ day, ms }, offsetAt);
  if (word === undefined) return on(today) > now ? on(today) : on(today + 1);
  if (word === 'today') return on(today);
  if (word === 'tomorrow') return on(today + 1);
  const weekday = readWeekday(word);
  if (weekday === null) return null;
  const day = today + ((weekday - weekdayOf(today) + 7) % 7);
  return on(day) > now ? on(day) : on(day + 7);
}

/** The milliseconds of the day of `9:00` or `09:00`; null for what is no time. */
export function readTime(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * HOUR + Number(minutes) * MINUTE;
}

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Monday is 0; three letters are enough. */
export function readWeekday(word: string): number | null {
  const found = word.length < 3 ? -1 : DAY_NAMES.findIndex((name) => name.startsWith(word));
  return found === -1 ? null : found;
}
