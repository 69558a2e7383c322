import { expect, test } from 'vitest';
import { type AccountFacts, accountWait } from '#domain/queue/account.ts';

const NOW = new Date(2026, 10, 20, 14, 0).getTime();
const MINUTE = 60_000;
const limit = {
  window: 'five_hour',
  usedPercent: 100,
  resetsAt: NOW + 30 * MINUTE,
  readAt: NOW - MINUTE,
};
const facts = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  limits: [],
  settings: { reservePercent: 10, quietHours: null },
  now: NOW,
  ...more,
});

test('nothing stands against a start', () => {
  expect(accountWait(facts())).toBeNull();
});

test.each([
  [facts({ limits: [limit] }), 'limit', 'usage limit until 14:30', 30],
  [
    facts({ limits: [{ ...limit, usedPercent: 90.7 }] }),
    'limit',
    '90 % of the 5 h limit is used; the rest is yours until 14:30',
    30,
  ],
  [
    facts({ limits: [{ ...limit, resetsAt: null }] }),
    'limit',
    'usage limit, asked again at 14:14',
    14,
  ],
  [
    facts({ settings: { reservePercent: 10, quietHours: '09:00-18:00' } }),
    'quiet',
    'quiet hours until 18:00',
    240,
  ],
  [
    facts({ limits: [{ ...limit, resetsAt: NOW + 26 * 60 * MINUTE, window: 'seven_day' }] }),
    'limit',
    'usage limit until Sat 21 16:00',
    26 * 60,
  ],
])('%#', (given, kind, text, minutes) => {
  expect(accountWait(given)).toMatchObject({ kind, text, until: NOW + minutes * MINUTE });
});

test('after a reset the next one waits for a few seconds', () => {
  const limits = [{ ...limit, resetsAt: NOW - 1 }];
  expect(accountWait(facts({ limits, lastStartAt: NOW - 1_000 }))?.until).toBe(NOW + 6_000);
  expect(accountWait(facts({ limits, lastStartAt: NOW - 10_000 }))).toBeNull();
});
