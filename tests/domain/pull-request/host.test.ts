import { describe, expect, test } from 'vitest';
import {
  addBudgets,
  type Budget,
  budgetFactor,
  type HostState,
  hostAfter,
  hostSpent,
  isInTrouble,
  pauseOf,
  savesUntil,
} from '#domain/pull-request/host.ts';

const NOW = Date.parse('2026-01-01T12:30:00Z');
const RESETS = '2026-01-01T13:00:00.000Z';
const budget = (remaining: number, more: Partial<Budget> = {}): Budget => ({
  cost: 1,
  remaining,
  limit: 5000,
  resetsAt: RESETS,
  ...more,
});
const calm = (told: Budget | null, known: HostState | null = null, now = NOW) =>
  hostAfter(known, 'github.com', { login: 'ada', budget: told, trouble: null }, now);
const down = (known: HostState | null, until?: number, now = NOW) => {
  const trouble = until === undefined ? { reason: 'Down.' } : { reason: 'Limited.', until };
  return hostAfter(known, 'github.com', { login: null, budget: null, trouble }, now);
};

describe('the state of a host', () => {
  test('counts what claustre itself has used in this hour, and begins anew with the next', () => {
    const first = calm(budget(4312, { cost: 2 }));
    expect(first).toMatchObject({
      login: 'ada',
      budgetLimit: 5000,
      remaining: 4312,
      used: 2,
      usedSince: '2026-01-01T12:00:00.000Z',
      readAt: '2026-01-01T12:30:00.000Z',
    });
    const second = calm(budget(4000, { cost: 3, resetsAt: '2026-01-01T13:00:02.000Z' }), first);
    expect(second).toMatchObject({ used: 5, remaining: 4000 });
    expect(calm(budget(4999, { resetsAt: '2026-01-01T14:00:00.000Z' }), second).used).toBe(1);
  });

  test('keeps what an answer does not tell', () => {
    const known = calm(budget(4312));
    expect(calm(null, known)).toMatchObject({ remaining: 4312, used: 1, login: 'ada' });
  });

  test('in trouble keeps when that began, and the time of the last answer', () => {
    const known = calm(budget(4312));
    const first = down(known, undefined, NOW + 60_000);
    const second = down(first, NOW + 600_000, NOW + 120_000);
    expect(second).toMatchObject({
      trouble: 'Limited.',
      troubleSince: '2026-01-01T12:31:00.000Z',
      readAt: known.readAt,
      pausedUntil: '2026-01-01T12:40:00.000Z',
      remaining: 4312,
    });
    expect(calm(null, second, NOW + 600_000)).toMatchObject({
      trouble: null,
      troubleSince: null,
      pausedUntil: null,
    });
  });
});

test('what was answered while a pause lasts was asked before it: the pause goes on', () => {
  const paused = down(calm(budget(4312)), NOW + 600_000);
  const same = {
    trouble: 'Limited.',
    troubleSince: paused.troubleSince,
    pausedUntil: paused.pausedUntil,
  };
  expect(calm(budget(4300), paused)).toMatchObject({ ...same, remaining: 4300 });
  expect(down(paused, undefined, NOW + 1_000)).toMatchObject(same);
  const longer = down(paused, NOW + 900_000, NOW + 1_000);
  expect(longer.pausedUntil).toBe(new Date(NOW + 900_000).toISOString());
  expect(isInTrouble(paused, NOW + 599_000)).toBe(true);
  expect(isInTrouble(paused, NOW + 601_000)).toBe(false);
});

test('budgets of requests are one: their costs together, and the newer word', () => {
  expect(addBudgets(budget(10, { cost: 2 }), budget(9))).toEqual(budget(9, { cost: 3 }));
  expect(addBudgets(null, budget(9))).toEqual(budget(9));
  expect(addBudgets(budget(9), null)).toEqual(budget(9));
  expect(addBudgets(null, null)).toBeNull();
});

describe('a budget that runs low', () => {
  test.each([
    [2500, 1],
    [2499, 2],
    [1000, 2],
    [999, 4],
  ])('of %i points stretches readings by %i', (remaining, factor) => {
    expect(budgetFactor(calm(budget(remaining)), NOW)).toBe(factor);
  });

  test.each([
    [500, 5000, null],
    [499, 5000, RESETS],
    [200, 1000, null],
    [199, 1000, RESETS],
  ])('of %i of %i points is left to others until it is %s', (remaining, limit, until) => {
    const saves = savesUntil(calm(budget(remaining, { limit })), NOW);
    expect(saves).toBe(until === null ? null : Date.parse(until));
  });

  test('is not used up by claustre: a fifth is its share', () => {
    expect(savesUntil(calm(budget(4000, { cost: 999 })), NOW)).toBeNull();
    expect(savesUntil(calm(budget(4000, { cost: 1000 })), NOW)).toBe(Date.parse(RESETS));
  });

  test('of an hour that is over, or of a host that has none, says nothing', () => {
    const over = Date.parse(RESETS);
    expect(savesUntil(calm(budget(0)), over)).toBeNull();
    expect(budgetFactor(calm(budget(0)), over)).toBe(1);
    expect(savesUntil(calm(null), NOW)).toBeNull();
    expect(savesUntil(calm(budget(0, { limit: 0 })), NOW)).toBeNull();
    expect(budgetFactor(null, NOW)).toBe(1);
  });
});

describe('a clock that is wrong', () => {
  const DAYS = 3 * 24 * 60 * 60_000;

  test('does not stop readings for longer than an hour', () => {
    const state = calm(budget(0), null, NOW - DAYS);
    expect(savesUntil(state, NOW - DAYS)).toBe(NOW - DAYS + 60 * 60_000);
  });

  test('that is mended leaves no saving, no stretching and no pause behind', () => {
    const state = down(calm(budget(0), null, NOW + DAYS), NOW + DAYS + 60_000, NOW + DAYS);
    const early = { ...state, resetsAt: new Date(NOW + DAYS).toISOString() };
    expect(savesUntil(early, NOW)).toBeNull();
    expect(budgetFactor(early, NOW)).toBe(1);
    expect(pauseOf(early, NOW)).toBeNull();
  });
});

describe('a pause', () => {
  test('lasts until its end, and says why', () => {
    const state = down(null, NOW + 60_000);
    expect(pauseOf(state, NOW)).toEqual({ until: NOW + 60_000, reason: 'Limited.' });
    expect(pauseOf(state, NOW + 60_000)).toBeNull();
  });

  test('is none where a host is only down, or calm', () => {
    expect(pauseOf(down(null), NOW)).toBeNull();
    expect(pauseOf(calm(null), NOW)).toBeNull();
    expect(pauseOf(null, NOW)).toBeNull();
  });
});

test('what another process used is counted, and says nothing of a trouble', () => {
  const known = down(calm(budget(4312)), NOW + 60_000);
  const spent = hostSpent(known, 'github.com', budget(4300, { cost: 12 }), NOW);
  expect(spent).toMatchObject({
    used: 13,
    remaining: 4300,
    trouble: 'Limited.',
    pausedUntil: known.pausedUntil,
  });
});
