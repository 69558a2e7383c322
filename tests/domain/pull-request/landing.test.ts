import { expect, test } from 'vitest';
import { isLandingAwaited, landingWait, whyKeepBranch } from '#domain/pull-request/landing.ts';
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

test.each([
  [true, '2026-01-01T11:30:00.000Z'],
  [false, '2026-01-01T11:00:00.000Z'],
  [false, '2026-01-02T12:00:00.000Z'],
  [false, null],
])('that the landing of a merge is awaited at noon is %s for %s', (awaited, mergedAt) => {
  expect(isLandingAwaited({ mergedAt }, Date.parse('2026-01-01T12:00:00.000Z'))).toBe(awaited);
});
