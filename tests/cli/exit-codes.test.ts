import { expect, test } from 'vitest';
import { exitCode } from '#cli/exit-codes.ts';

test.each([
  ['refused', 1],
  ['not_found', 1],
  ['internal', 1],
  ['invalid', 2],
  ['environment', 3],
  ['timeout', 124],
] as const)('what is %s ends with %d', (code, number) => {
  expect(exitCode(code)).toBe(number);
});
