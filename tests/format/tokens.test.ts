import { expect, test } from 'vitest';
import { formatTokens } from '#format/tokens.ts';

test.each([
  [null, '?'],
  [0, '0'],
  [999, '999'],
  [1_000, '1.0k'],
  [1_234, '1.2k'],
  [9_960, '10k'],
  [48_400, '48k'],
  [999_600, '1.0M'],
  [3_100_000, '3.1M'],
  [9_960_000, '10M'],
])('%s tokens are "%s"', (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});
