import { type Refusal, refuse } from '#domain/error.ts';
import { readTime, readWeekday } from './moment.ts';
import { readSpan, spanWords, writeSpan } from './span.ts';
import {
  DAY,
  fromWallTime,
  type Here,
  MINUTE,
  timeWords,
  WEEKDAYS,
  wallTime,
  weekdayOf,
} from './wall-clock.ts';

/** How often a task begins anew: after a span, or at a time on some days of the week. */
export type Every =
  | { kind: 'span'; ms: number }
  | { kind: 'days'; weekdays: readonly number[]; ms: number };

const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];
const GROUPS: Readonly<Record<string, readonly number[]>> = {
  day: ALL_DAYS,
  daily: ALL_DAYS,
  weekday: [0, 1, 2, 3, 4],
  weekdays: [0, 1, 2, 3, 4],
  weekend: [5, 6],
  weekends: [5, 6],
};

/** How often, as people write it: `1d`, `6h`, `mon 09:00`, `mon,thu 09:00`, `weekdays 08:30`. */
export function readEvery(text: string): Every | Refusal {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\s*,\s*/g, ',')
    .replace(/\s+/g, ' ');
  const ms = readSpan(plain);
  if (ms !== null && ms >= MINUTE) return { kind: 'span', ms };
  const [, names = '', time = ''] = /^([a-z,]+) (\S+)$/.exec(plain) ?? [];
  const at = readTime(time);
  const weekdays = GROUPS[names] ?? readWeekdays(names);
  if (at !== null && weekdays !== null) return { kind: 'days', weekdays, ms: at };
  return refuse(
    ms === null ? `"${text.trim()}" says not how often.` : 'A task repeats once a minute at most.',
    'Write 1d, 6h, mon 09:00, mon,thu 09:00 or weekdays 08:30.',
    'invalid',
  );
}

function readWeekdays(names: string): readonly number[] | null {
  const days = names.split(',').map(readWeekday);
  const known = days.filter((day) => day !== null);
  return known.length === days.length ? [...new Set(known)].toSorted() : null;
}

/** As it is kept, in one way for each meaning. */
export function writeEvery(every: Every): string {
  if (every.kind === 'span') return writeSpan(every.ms);
  return `${daysWord(every.weekdays, (day) => (WEEKDAYS[day] ?? '').toLowerCase(), ',')} ${timeWords(every.ms)}`;
}

/** `every day`, `every 6 hours`, `every Mon, Thu 09:00`, `weekdays 08:30`, for people. */
export function everyWords(every: Every): string {
  if (every.kind === 'span') return `every ${spanWords(every.ms).replace(/^1 (\S+)$/, '$1')}`;
  const days = daysWord(every.weekdays, (day) => WEEKDAYS[day] ?? '', ', ');
  return `${days.endsWith('s') ? '' : 'every '}${days} ${timeWords(every.ms)}`;
}

function daysWord(
  weekdays: readonly number[],
  name: (day: number) => string,
  between: string,
): string {
  switch (weekdays.join()) {
    case ALL_DAYS.join():
      return 'day';
    case GROUPS.weekdays?.join():
      return 'weekdays';
    case GROUPS.weekends?.join():
      return 'weekends';
    default:
      return weekdays.map(name).join(between);
  }
}

/**
 * The first of its moments after `now`, counted from `anchor`. However many were missed, it is one. Whole days are counted on the clock on the
 * wall: what begins at nine begins at nine also in summer.
 */
export function nextMoment(every: Every, anchor: number, { now, offsetAt }: Here): number {
  if (every.kind === 'days') return nextDay(every.weekdays, every.ms, { now, offsetAt });
  const { ms } = every;
  if (ms % DAY !== 0) {
    return anchor > now ? anchor : anchor + (Math.floor((now - anchor) / ms) + 1) * ms;
  }
  if (anchor > now) return anchor;
  const days = ms / DAY;
  const from = wallTime(anchor, offsetAt);
  const passed = Math.max(0, Math.floor((wallTime(now, offsetAt).day - from.day) / days));
  const at = (times: number): number =>
    fromWallTime({ day: from.day + times * days, ms: from.ms }, offsetAt);
  return at(passed) > now ? at(passed) : at(passed + 1);
}

function nextDay(weekdays: readonly number[], ms: number, { now, offsetAt }: Here): number {
  const today = wallTime(now, offsetAt).day;
  const days = [...ALL_DAYS, 7].map((ahead) => today + ahead);
  const found = days
    .filter((day) => weekdays.includes(weekdayOf(day)))
    .map((day) => fromWallTime({ day, ms }, offsetAt))
    .find((at) => at > now);
  return found ?? fromWallTime({ day: today + 7, ms }, offsetAt);
}
