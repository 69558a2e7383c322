import { expect, test } from 'vitest';
import { readDelay, readSpan, spanWords, writeSpan } from '#domain/queue/span.ts';

test.each([
  ['90s', 90_000, '1 min 30 sec', '1m30s'],
  ['10m', 600_000, '10 min', '10m'],
  ['1h30m', 5_400_000, '1 hour 30 min', '1h30m'],
  [' 2 H ', 7_200_000, '2 hours', '2h'],
  ['1d', 86_400_000, '1 day', '1d'],
  ['2w', 1_209_600_000, '2 weeks', '14d'],
  ['0s', 0, '0 sec', '0s'],
])('%s is %d ms, "%s"', (text, ms, words, written) => {
  expect(readSpan(text)).toBe(ms);
  expect(spanWords(ms)).toBe(words);
  expect(writeSpan(ms)).toBe(written);
});

test.each(['', '10', 'm', '10 minutes', '-5m', '1.5h', '99999999d'])('%j is none', (text) => {
  expect(readSpan(text)).toBeNull();
  expect(readDelay(text)).toMatchObject({ reason: expect.stringContaining('no span of time') });
});
