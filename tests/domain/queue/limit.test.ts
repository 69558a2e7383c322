import { expect, test } from 'vitest';
import { limitHold, nextAfterReset, UNNAMED_WINDOW } from '#domain/queue/limit.ts';
import type { Limit } from '#domain/usage.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
const limit = (more: Partial<Limit> = {}): Limit => ({
  window: 'five_hour',
  usedPercent: 100,
  resetsAt: NOW + 30 * MINUTE,
  readAt: NOW - MINUTE,
  ...more,
});
const ten = { reservePercent: 10 };

test.each([
  ['reached', limit(), NOW + 30 * MINUTE],
  ['the last tenth', limit({ usedPercent: 90 }), NOW + 30 * MINUTE],
  ['below the last tenth', limit({ usedPercent: 89.9 }), null],
  ['over', limit({ resetsAt: NOW }), null],
  ['reached, and nobody said until when', limit({ resetsAt: null }), NOW + 14 * MINUTE],
  ['asked long enough ago', limit({ resetsAt: null, readAt: NOW - 15 * MINUTE }), null],
  ['nearly used without an end', limit({ usedPercent: 95, resetsAt: null }), NOW + 299 * MINUTE],
])('%s', (_, known, until) => {
  expect(limitHold([known], ten, NOW)?.until ?? null).toBe(until);
});

test('of several the one that holds longest counts, and without a reserve only what is reached', () => {
  const weekly = limit({ window: 'seven_day', usedPercent: 92, resetsAt: NOW + 60 * MINUTE });
  expect(limitHold([limit(), weekly], ten, NOW)?.limit.window).toBe('seven_day');
  expect(limitHold([weekly], { reservePercent: 0 }, NOW)).toBeNull();
});

test('a limit of one family of models holds others only where the model is not known', () => {
  const opus = limit({ window: 'seven_day_opus' });
  const held = (model: string | null) => limitHold([opus], { ...ten, model }, NOW) !== null;
  expect([held('claude-sonnet-5'), held('claude-opus-5'), held(null)]).toEqual([false, true, true]);
});

test('a newer reading takes the place of a limit that had no name', () => {
  const unnamed = limit({ window: UNNAMED_WINDOW });
  const read = limit({ usedPercent: 40, readAt: NOW });
  expect(limitHold([unnamed], ten, NOW)?.reached).toBe(true);
  expect(limitHold([unnamed, read], ten, NOW)).toBeNull();
});

test('after a reset one begins after the other, and where the end was not known the first finds out', () => {
  const ended = limit({ resetsAt: NOW - 1_000 });
  expect(nextAfterReset([ended], 10, NOW - 2_000, NOW)).toBe(NOW + 5_000);
  expect(nextAfterReset([ended], 10, NOW - 10_000, NOW)).toBeNull();
  expect(nextAfterReset([ended], 10, null, NOW)).toBeNull();
  expect(nextAfterReset([limit({ usedPercent: 20 })], 10, NOW, NOW)).toBeNull();
  const unknown = limit({ resetsAt: null, readAt: NOW - 16 * MINUTE });
  expect(nextAfterReset([unknown], 10, NOW - 10_000, NOW)).toBe(NOW + 50_000);
  expect(nextAfterReset([limit({ resetsAt: NOW - 20 * MINUTE })], 10, NOW, NOW)).toBeNull();
});
