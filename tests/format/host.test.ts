import { expect, test } from 'vitest';
import { type HostState, hostAfter } from '#domain/pull-request/host.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import { formatHost, hostToTell } from '#format/host.ts';

const NOW = Date.parse('2026-01-01T12:30:00Z');
const budget = { cost: 1, remaining: 4312, limit: 5000, resetsAt: '2026-01-01T13:00:00.000Z' };
const calm = hostAfter(null, 'github.com', { login: 'ada', budget, trouble: null }, NOW);
const inTrouble = (reason: string, more: Partial<HostState> = {}): HostState => ({
  ...hostAfter(calm, 'github.com', { login: null, budget: null, trouble: { reason } }, NOW),
  nextAt: new Date(NOW).toISOString(),
  ...more,
});
const at = (time: string) => formatClockTime(Date.parse(time), NOW);

test('what is left of the budget, in figures that can be read', () => {
  expect(formatHost(calm, NOW)).toBe('GitHub 4,312/5,000');
  expect(formatHost({ ...calm, host: 'git.example.org' }, NOW)).toBe('git.example.org 4,312/5,000');
  expect(formatHost({ ...calm, remaining: null }, NOW)).toBeNull();
});

test('trouble says why, until when, and how old the data is', () => {
  const pausedUntil = '2026-01-01T13:05:00.000Z';
  expect(formatHost(inTrouble('Limited.', { pausedUntil }), NOW)).toBe(
    `GitHub: paused until ${at(pausedUntil)}, data from ${at('2026-01-01T12:30:00Z')}`,
  );
  expect(
    formatHost(inTrouble('github.com cannot be\u001b[31m reached.', { readAt: null }), NOW),
  ).toBe('GitHub cannot be reached, nothing read yet');
});

test('trouble that does not name the host is told under its name', () => {
  expect(formatHost(inTrouble('gh is missing.', { readAt: null }), NOW)).toBe(
    'GitHub: gh is missing, nothing read yet',
  );
});

test('what is of an hour that is over, or of a time when it was still asked, is not told', () => {
  expect(formatHost(calm, Date.parse(budget.resetsAt))).toBeNull();
  expect(formatHost(inTrouble('Down.'), NOW + 3 * 60_000)).toContain('Down');
  expect(formatHost(inTrouble('Down.'), NOW + 3 * 60_000 + 1)).toBe('GitHub 4,312/5,000');
});

test('of several hosts the one in trouble comes first, then the one with least left', () => {
  const poor = { ...calm, host: 'poor', remaining: 10 };
  const free = { ...calm, host: 'free', remaining: null, budgetLimit: null };
  expect(hostToTell([calm, free, poor], NOW)?.host).toBe('poor');
  expect(hostToTell([calm, poor, { ...inTrouble('Down.'), host: 'free' }], NOW)?.host).toBe('free');
  expect(hostToTell([], NOW)).toBeNull();
});
