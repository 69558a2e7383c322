import type { Limit } from '#domain/usage.ts';
import { UNNAMED_WINDOW } from './limit.ts';

const MINUTE_MS = 60_000;
/** Claude tells whole minutes: one that has just passed is not that of the next day or year. */
const JUST_PASSED_MS = 10 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The limit that Claude's words say is reached, `You've hit your session limit · resets 6:38am (UTC)`; `at` in milliseconds since 1970. */
export function readLimitWords(words: string, at: number): Limit {
  const resetsAt = readReset(words, at);
  return { window: windowOf(words), usedPercent: 100, resetsAt, readAt: at };
}

function windowOf(words: string): string {
  const kind = /your (session|5-hour|weekly|opus|sonnet)\b/i.exec(words)?.[1]?.toLowerCase();
  switch (kind) {
    case 'session':
    case '5-hour':
      return 'five_hour';
    case 'weekly':
      return 'seven_day';
    case 'opus':
    case 'sonnet':
      return `seven_day_${kind}`;
    default:
      return UNNAMED_WINDOW;
  }
}

const RESETS =
  /resets (?:(?<month>[a-z]{3})[a-z]* (?<day>\d{1,2})(?:,? at)?,? )?(?<hour>\d{1,2})(?::(?<minute>\d{2}))? ?(?<half>am|pm)?(?: \((?<zone>[^)]+)\))?/i;

/** When the limit ends, in milliseconds since 1970; null when that is not said, or not in words that are understood. */
function readReset(words: string, at: number): number | null {
  const said = RESETS.exec(words)?.groups;
  if (said === undefined) return null;
  const clock = clockOf(said);
  const today = wallOf(at, said.zone);
  if (clock === null || today === null) return null;
  const month = said.month === undefined ? null : MONTHS.indexOf(said.month.toLowerCase());
  if (month === -1) return null;
  const of = (wall: Wall): number => momentOf({ ...wall, ...clock }, said.zone);
  const next = (found: number, later: number): number => {
    if (found > at) return found;
    return at - found < JUST_PASSED_MS ? at + MINUTE_MS : later;
  };
  if (month === null) {
    const tomorrow = wallOf(at + DAY_MS, said.zone) ?? today;
    return next(of(today), of(tomorrow));
  }
  const date = { ...today, month, day: Number(said.day) };
  return next(of(date), of({ ...date, year: date.year + 1 }));
}

function clockOf(said: Record<string, string | undefined>): Pick<Wall, 'hour' | 'minute'> | null {
  const hour = Number(said.hour);
  const minute = Number(said.minute ?? 0);
  if (minute > 59 || hour > (said.half === undefined ? 23 : 12)) return null;
  if (said.half === undefined) return { hour, minute };
  return { hour: (hour % 12) + (said.half.toLowerCase() === 'pm' ? 12 : 0), minute };
}

/** What calendar and clock on the wall of a zone show; `month` counts from 0. */
interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** In the zone of that name, or here when none is said; null when nobody knows the zone. */
function wallOf(at: number, zone: string | undefined): Wall | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...(zone === undefined ? {} : { timeZone: zone }),
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
      hourCycle: 'h23',
    });
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    return {
      year: part('year'),
      month: part('month') - 1,
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const asIfUtc = ({ year, month, day, hour, minute }: Wall): number =>
  Date.UTC(year, month, day, hour, minute);

/** The moment at which the wall shows this. Twice, because the first guess may lie on the other side of a change of the clocks. */
function momentOf(wall: Wall, zone: string | undefined): number {
  const wanted = asIfUtc(wall);
  let moment = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = wallOf(moment, zone);
    if (shown !== null) moment += wanted - asIfUtc(shown);
  }
  return moment;
}
