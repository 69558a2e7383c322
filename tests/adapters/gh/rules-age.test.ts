import { expect, test } from 'vitest';
import { createRulesAge } from '#adapters/gh/rules-age.ts';
import { aCheck } from '../../support/reading.ts';

test('which checks are required is asked when it is not known, and again after ten minutes', () => {
  let now = 0;
  const rules = createRulesAge(() => now);
  const known = [aCheck('lint', 'FAILURE', { required: false })];
  expect(rules.isDue('a', [aCheck('lint', 'FAILURE')])).toBe(true);
  rules.asked('a');
  expect(rules.isDue('a', known)).toBe(false);
  now = 10 * 60_000 - 1;
  expect(rules.isDue('a', known)).toBe(false);
  now += 1;
  expect(rules.isDue('a', known)).toBe(true);
  // Known from before: new when it is first seen.
  expect(rules.isDue('b', known)).toBe(false);
  now += 10 * 60_000;
  expect(rules.isDue('b', known)).toBe(true);
});

test('what does not fail is not asked for', () => {
  let now = 0;
  const rules = createRulesAge(() => now);
  rules.asked('a');
  now = 60 * 60_000;
  expect(rules.isDue('a', [aCheck('lint', 'SUCCESS', { required: false })])).toBe(false);
});
