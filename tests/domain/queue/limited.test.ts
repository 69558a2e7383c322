import { expect, test } from 'vitest';
import { type LimitedFacts, whoGoesOn } from '#domain/queue/limited.ts';
import { aSession, aTask } from '../../support/builders.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const over = { window: 'five_hour', usedPercent: 100, resetsAt: NOW - 1, readAt: NOW - 60_000 };
const limited = (id: number, more: Parameters<typeof aTask>[0] = {}) => ({
  task: { ...aTask({ mode: 'autonomous', status: 'working', ...more }), id },
  session: aSession(),
});
const facts = (more: Partial<LimitedFacts> = {}): LimitedFacts => ({
  limited: [limited(1), limited(2, { priority: 0 }), limited(3, { mode: 'supervised' })],
  working: 0,
  maxSessions: 3,
  limits: [over],
  settings: { reservePercent: 10, quietHours: null },
  now: NOW,
  ...more,
});

test('after the reset autonomous tasks go on by their priority', () => {
  expect(whoGoesOn(facts())).toEqual({ tasks: [2, 1], until: null });
});

test.each([
  ['while the limit holds', { limits: [{ ...over, resetsAt: NOW + 5 }] }, NOW + 5],
  ['in quiet hours', { settings: { reservePercent: 10, quietHours: '11:00-13:00' } }, NOW + 36e5],
  ['just after another', { lastStartAt: NOW - 1_000 }, NOW + 6_000],
  ['without a slot', { working: 3 }, null],
  ['when it is held', { limited: [limited(1, { held: 'budget' })] }, null],
] as const)('none goes on %s', (_, more, until) => {
  expect(whoGoesOn(facts(more))).toEqual({ tasks: [], until });
});
