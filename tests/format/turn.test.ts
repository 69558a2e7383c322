import { expect, test } from 'vitest';
import { formatStale, formatTurn } from '#format/turn.ts';

const NOW = new Date(2026, 0, 1, 14, 5).getTime();
const ago = (minutes: number) => NOW - minutes * 60_000;

test('a turn says who and why; of a person only why', () => {
  expect(formatTurn({ of: 'reviewers', text: 'waits for a review' }, NOW)).toBe(
    'reviewers: waits for a review',
  );
  expect(formatTurn({ of: 'you', text: 'ready to merge' }, NOW)).toBe('ready to merge');
  expect(formatTurn({ of: null, text: 'checks not known' }, NOW)).toBe('checks not known');
});

test('a time in it is that of the clock on the wall', () => {
  const text = `not read since ${new Date(ago(24)).toISOString()}`;
  expect(formatTurn({ of: null, text }, NOW)).toBe('not read since 13:41');
});

test.each([
  [null, 'never read'],
  [ago(0), 'stale'],
  [ago(4), 'stale 4 min'],
  [ago(59), 'stale 59 min'],
  [ago(125), 'stale 2h 5m'],
  [NOW + 9_000, 'stale'],
])('news of %s is "%s"', (readAt, words) => {
  expect(formatStale({ readAt, reason: null }, NOW)).toBe(words);
});
