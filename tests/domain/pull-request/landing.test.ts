import { expect, test } from 'vitest';
import { isLanding, landingWait, whyKeepBranch } from '#domain/pull-request/landing.ts';
import type { MergeReading } from '#domain/pull-request/merge.ts';
import { aMergeReading, child } from './a-merge-reading.ts';

const OURS = { wanted: true, ownBranch: true };

test('a branch of ours that nobody builds on goes', () => {
  expect(whyKeepBranch(aMergeReading(), OURS)).toBeNull();
});

test.each<[string, Partial<MergeReading>, Partial<typeof OURS>]>([
  ['the settings keep it', {}, { wanted: false }],
  ['claustre did not make it', {}, { ownBranch: false }],
  ['it lies in a fork', { fork: true }, {}],
  ['others work on it', { head: 'main', base: 'release' }, {}],
  ['others work on it', { head: 'release', base: 'release' }, {}],
  ['it is protected', { headProtected: true }, {}],
  ['pull request #13 would be closed', { children: [child(13)] }, {}],
  ['pull request #15 shows it', { sameHead: [15] }, {}],
  ['not all pull requests of it could be read', { incomplete: true }, {}],
])('%s', (words, reading, more) => {
  expect(whyKeepBranch(aMergeReading(reading), { ...OURS, ...more })).toBe(words);
});

test('a landing that fails is tried more and more seldom', () => {
  expect([1, 2, 3, 9].map((failures) => landingWait(failures) / 60_000)).toEqual([1, 5, 30, 60]);
});

test('somebody stays for what a merge has left to do, but not for ever', () => {
  const merged = { state: 'merged', mergedAt: '2026-11-20T10:00:00.000Z', landedAt: null } as const;
  const now = Date.parse('2026-11-20T12:00:00.000Z');
  expect(isLanding(merged, now)).toBe(true);
  expect(isLanding(merged, now + 22 * 3_600_000)).toBe(false);
  expect(isLanding({ ...merged, landedAt: merged.mergedAt }, now)).toBe(false);
  expect(isLanding({ ...merged, state: 'closed' }, now)).toBe(false);
  expect(isLanding({ ...merged, mergedAt: null }, now)).toBe(false);
});
