import { type Refusal, refuse } from '#domain/error.ts';
import { DAY, HOUR, MINUTE } from './wall-clock.ts';

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
};
const NAMES: readonly [number, string][] = [
  [7 * DAY, 'week'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'min'],
  [1_000, 'sec'],
];
/** Nobody means more than ten years. */
const LONGEST = 3_650 * DAY;

/** A span as people write it: `90s`, `10m`, `1h30m`, `2d`, in milliseconds; null for what is none. */
export function readSpan(text: string): number | null {
  const parts = text.trim().toLowerCase().replaceAll(' ', '');
  if (!/^(\d{1,9}[smhdw])+$/.test(parts)) return null;
  const spans = [...parts.matchAll(/(\d+)([smhdw])/g)];
  const ms = spans.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
  return ms <= LONGEST ? ms : null;
}

/** Seconds to wait after what a task waits for is over. */
export function readDelay(text: string): number | Refusal {
  const ms = readSpan(text);
  if (ms !== null) return ms / 1_000;
  return refuse(`"${text.trim()}" is no span of time.`, 'Write 10m, 2h, 1h30m or 1d.', 'invalid');
}

/** `10 min`, `2 hours`, `1 day 12 hours`. */
export function spanWords(ms: number): string {
  let rest = ms;
  const words = NAMES.flatMap(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    const many = count === 1 || name === 'min' || name === 'sec' ? name : `${name}s`;
    return count === 0 ? [] : [`${count} ${many}`];
  });
  return words.length === 0 ? '0 sec' : words.join(' ');
}

/** The same so that it can be read back: `1h30m`. */
export function writeSpan(ms: number): string {
  let rest = ms;
  const written = ['d', 'h', 'm', 's'].map((name) => {
    const unit = UNITS[name] ?? 1;
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? '' : `${count}${name}`;
  });
  return written.join('') || '0s';
}
