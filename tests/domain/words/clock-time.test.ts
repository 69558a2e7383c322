import { expect, test } from 'vitest';
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
  [new Date(2026, 10, 20, 9, 7), '09:07'],
  [new Date(2026, 10, 19, 23, 59), '19 Nov 23:59'],
])('%s with day and time reads %s', (moment, expected) => {
  expect(formatMoment(moment.getTime(), now)).toBe(expected);
});
