import { afterEach, expect, test } from 'vitest';
import { quietUntil, readQuietHours } from '#domain/queue/quiet-hours.ts';

const ZONE = process.env.TZ;
afterEach(() => {
  process.env.TZ = ZONE;
});

test.each([
  ['09:00-18:00', { from: 540, to: 1080 }],
  ['9:00 – 18:30', { from: 540, to: 1110 }],
  ['22:00-24:00', { from: 1320, to: 1440 }],
  ['22:00-07:00', { from: 1320, to: 420 }],
  ['09:00-09:00', null],
  ['25:00-26:00', null],
  ['09:60-10:00', null],
  ['mornings', null],
])('%s', (text, hours) => {
  expect(readQuietHours(text)).toEqual(hours);
});

const at = (day: number, hour: number, minute = 0): number =>
  new Date(2026, 10, day, hour, minute).getTime();

test.each([
  ['09:00-18:00', at(20, 9), at(20, 18)],
  ['09:00-18:00', at(20, 17, 59), at(20, 18)],
  ['09:00-18:00', at(20, 18), null],
  ['22:00-07:00', at(20, 23), at(21, 7)],
  ['22:00-07:00', at(21, 6, 59), at(21, 7)],
  ['22:00-07:00', at(21, 12), null],
  ['22:00-24:00', at(20, 23), at(21, 0)],
])('%s at %i', (text, now, until) => {
  const hours = readQuietHours(text);
  expect(hours === null ? undefined : quietUntil(hours, now)).toBe(until);
});

test('the hours are those of the clock on the wall, also on the days on which it is changed', () => {
  process.env.TZ = 'Europe/Berlin';
  const hours = { from: 22 * 60, to: 7 * 60 };
  const until = (iso: string): string => {
    const end = quietUntil(hours, Date.parse(iso));
    return end === null ? 'none' : new Date(end).toISOString();
  };
  expect(until('2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(until('2026-10-24T21:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  // 02:30 comes twice; in its second turn the hours until 03:00 are not over yet.
  const early = { from: 60, to: 150 };
  const second = Date.parse('2026-10-25T01:10:00Z');
  expect(quietUntil(early, second)).toBe(Date.parse('2026-10-25T01:30:00Z'));
});
