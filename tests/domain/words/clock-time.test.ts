import { expect, test } from 'vitest';
import { HOUR } from '#domain/queue/wall-clock.ts';
import { formatClockTime, formatMoment } from '#domain/words/clock-time.ts';

const now = new Date(2026, 10, 20, 14, 5, 30).getTime();

test.each([
  [new Date(2026, 10, 20, 14, 5, 0), '14:05'],
  [new Date(2026, 10, 20, 0, 3), '00:03'],
  [new Date(2026, 10, 20, 23, 59), '23:59'],
  [new Date(2026, 10, 19, 23, 59), '19 Nov'],
  [new Date(2027, 0, 1), '1 Jan'],
])('%s reads %s', (moment, expected) => {
  expect(formatClockTime(moment.getTime(), now)).toBe(expected);
});

test.each([
  ['2026-11-20T13:30:20Z', '14:30'],
  ['2026-11-20T22:59Z', '23:59'],
  ['2026-11-20T23:00Z', 'Sat 21 00:00'],
  ['2026-11-21T08:00Z', 'Sat 21 09:00'],
  ['2026-12-14T08:00Z', 'Mon 14 09:00'],
  ['2026-12-20T08:00Z', '20 Dec 09:00'],
  ['2026-11-19T08:00Z', '19 Nov 09:00'],
  ['2027-01-05T08:00Z', '5 Jan 2027 09:00'],
])('%s with day and time reads %s', (at, words) => {
  expect(formatMoment(Date.parse(at), Date.parse('2026-11-20T14:00:00Z'), () => HOUR)).toBe(words);
});

test('without a zone it is that of the machine', () => {
  expect(formatMoment(new Date(2026, 10, 20, 9, 7).getTime(), now)).toBe('09:07');
  expect(formatMoment(new Date(2026, 10, 19, 23, 59).getTime(), now)).toBe('19 Nov 23:59');
});
