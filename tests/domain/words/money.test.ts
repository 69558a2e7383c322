import { expect, test } from 'vitest';
import { formatMoney } from '#domain/words/money.ts';

test.each([
  [null, '?'],
  [0, '$0.00'],
  [0.004, '<$0.01'],
  [0.5, '$0.50'],
  [12.345, '$12.35'],
  [1_234.5, '$1235'],
])('%s dollars are "%s"', (costUsd, text) => {
  expect(formatMoney(costUsd)).toBe(text);
});
