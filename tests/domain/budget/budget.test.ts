import { afterEach, expect, test } from 'vitest';
import { dayEnd, dayStart } from '#domain/budget/budget.ts';

const ZONE = process.env.TZ;
afterEach(() => {
  process.env.TZ = ZONE;
});

test('a day begins and ends by the clock on the wall, also when that is changed', () => {
  process.env.TZ = 'Europe/Berlin';
  const noon = Date.parse('2026-10-25T11:00:00Z');
  expect(new Date(dayStart(noon)).toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(new Date(dayEnd(noon)).toISOString()).toBe('2026-10-25T23:00:00.000Z');
});
