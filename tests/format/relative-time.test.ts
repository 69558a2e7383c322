import { expect, test } from 'vitest';
import { formatRelativeTime } from '#format/relative-time.ts';

const NOW = 1_800_000_000_000;

test.each([
  [0, 'now'],
  [999, 'now'],
  [12_000, '12s ago'],
  [59_999, '59s ago'],
  [60_000, '1m ago'],
  [3 * 3_600_000, '3h ago'],
  [50 * 3_600_000, '2d ago'],
  [-5 * 60_000, 'in 5m'],
  [-500, 'now'],
])('what was %d ms ago is "%s"', (ms, text) => {
  expect(formatRelativeTime(NOW - ms, NOW)).toBe(text);
});
