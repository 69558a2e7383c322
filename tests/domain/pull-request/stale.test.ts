import { expect, test } from 'vitest';
import { staleness } from '#domain/pull-request/stale.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
const open = (readAt: string | null, staleReason: string | null = null) =>
  ({ state: 'open', readAt, staleReason }) as const;
const trouble = (minutes: number) => ({ trouble: 'rate limit', troubleSince: ago(minutes) });

test.each([
  ['just read', open(ago(1)), null, null],
  ['never read', open(null), null, null],
  [
    'its own readings fail',
    open(ago(4), 'gh: 502'),
    null,
    { readAt: NOW - 240_000, reason: 'gh: 502' },
  ],
  ['never read, and it fails', open(null, 'gh: 502'), null, { readAt: null, reason: 'gh: 502' }],
  [
    'its host has been in trouble since',
    open(ago(4)),
    trouble(2),
    { readAt: NOW - 240_000, reason: 'rate limit' },
  ],
  ['read in spite of the trouble', open(ago(1)), trouble(2), null],
  ['the host is well again', open(ago(4)), { trouble: null, troubleSince: null }, null],
  ['a quiet one', open(ago(65)), null, null],
  ['nobody reads any more', open(ago(75)), null, { readAt: NOW - 4_500_000, reason: null }],
  ['closed', { ...open(ago(600), 'x'), state: 'closed' as const }, trouble(1), null],
  ['merged', { ...open(ago(600), 'x'), state: 'merged' as const }, null, null],
] as const)('%s', (_, pullRequest, host, expected) => {
  expect(staleness(pullRequest, host, NOW)).toEqual(expected);
});
