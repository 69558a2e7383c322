import { expect, test } from 'vitest';
import { formatDuration, formatMinutes } from '#format/duration.ts';

test.each([
  [0, '0s'],
  [999, '0s'],
  [9_500, '9s'],
  [60_000, '1m'],
  [250_000, '4m 10s'],
  [2 * 3_600_000 + 5 * 60_000 + 59_000, '2h 5m'],
  [86_400_000, '1d'],
  [76 * 3_600_000, '3d 4h'],
  [-5, '0s'],
])('%d ms are "%s"', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('minutes leave out the seconds, and less than one', () => {
  expect([59_999, 60_000, 250_000, 7_500_000].map(formatMinutes)).toEqual([
    '',
    '1m',
    '4m',
    '2h 5m',
  ]);
});
