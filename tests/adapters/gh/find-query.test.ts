import { describe, expect, test } from 'vitest';
import { type Candidate, choose } from '#adapters/gh/find-query.ts';

const SINCE = '2026-01-01T12:00:00Z';
const branch = {
  key: 1,
  repository: 'acme/app',
  branch: 'task/x',
  pinned: null,
  commit: 'ours',
  base: 'main',
  since: SINCE,
};
const candidate = (number: number, more: Partial<Candidate> = {}): Candidate => ({
  id: `PR_${number}`,
  number,
  url: `https://github.com/acme/app/pull/${number}`,
  state: 'OPEN',
  isDraft: false,
  createdAt: '2026-01-01T13:00:00Z',
  baseRefName: 'main',
  headRefName: 'task/x',
  headRefOid: 'ours',
  isCrossRepository: false,
  headRepositoryOwner: { login: 'Acme' },
  mergeCommit: null,
  ...more,
});
const chosen = (...candidates: Candidate[]) => choose(branch, 'acme', candidates)?.number ?? null;

const OLD = { createdAt: '2026-01-01T11:00:00Z' };
const OTHER = { headRefOid: 'other' };

describe('the pull request of a branch', () => {
  test('is the open one of this branch, whatever commit it shows by now', () => {
    expect(chosen(candidate(1))).toBe(1);
    expect(chosen(candidate(1, OTHER))).toBe(1);
  });

  test("is never that of a fork's branch of the same name, also not of a fork that is gone", () => {
    expect(chosen(candidate(1, { isCrossRepository: true }))).toBeNull();
    expect(chosen(candidate(1, { headRepositoryOwner: { login: 'eve' } }))).toBeNull();
    expect(chosen(candidate(1, { headRepositoryOwner: null }))).toBeNull();
  });

  test('is not one of another branch', () => {
    expect(chosen(candidate(1, { headRefName: 'task/X' }))).toBeNull();
  });

  test('is an older open one only if it shows our commit', () => {
    expect(chosen(candidate(1, OLD))).toBe(1);
    expect(chosen(candidate(1, { ...OLD, ...OTHER }))).toBeNull();
    const unknown = { ...branch, commit: null };
    expect(choose(unknown, 'acme', [candidate(1, OLD)])).toBeNull();
    expect(choose(unknown, 'acme', [candidate(1)])?.number).toBe(1);
  });

  test.each(['MERGED', 'CLOSED'] as const)(
    'is a %s one only if it is recent and shows our commit',
    (state) => {
      expect(chosen(candidate(1, { state }))).toBe(1);
      expect(chosen(candidate(1, { state, ...OTHER }))).toBeNull();
      expect(chosen(candidate(1, { state, ...OLD }))).toBeNull();
      expect(chosen(candidate(2, { state }), candidate(1, OTHER))).toBe(1);
    },
  );

  test('of several open ones has our commit, then the expected base, then it is the newest', () => {
    const newer = { createdAt: '2026-01-01T14:00:00Z' };
    const elsewhere = { baseRefName: 'release' };
    expect(chosen(candidate(2, { ...newer, ...OTHER }), candidate(1, elsewhere))).toBe(1);
    expect(chosen(candidate(2, { ...newer, ...elsewhere }), candidate(1))).toBe(1);
    expect(chosen(candidate(1), candidate(2, newer))).toBe(2);
  });

  test('stays the one that is followed while it is open, whatever else is opened', () => {
    const followed = { ...branch, pinned: 'PR_1' };
    const other = { ...OTHER, baseRefName: 'release' };
    const two = [candidate(2), candidate(1, other)];
    expect(choose(followed, 'acme', two)?.number).toBe(1);
    const closed = [candidate(2, other), candidate(1, { state: 'CLOSED' })];
    expect(choose(followed, 'acme', closed)?.number).toBe(2);
    const merged = [candidate(2, { ...OTHER, state: 'MERGED' }), candidate(1, { state: 'MERGED' })];
    expect(choose(followed, 'acme', merged)?.number).toBe(1);
    const ofAnother = [candidate(1, { isCrossRepository: true }), candidate(2)];
    expect(choose(followed, 'acme', ofAnother)?.number).toBe(2);
  });
});
