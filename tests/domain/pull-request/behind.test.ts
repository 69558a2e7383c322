import { describe, expect, test } from 'vitest';
import { nextBehind, refreshOf, type Sibling } from '#domain/pull-request/behind.ts';
import { AT, aSession, aTask } from '../../support/builders.ts';
import { aPullRequest } from '../../support/pull-requests.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

function sibling(id: number, more: Partial<Sibling['pullRequest']> = {}, rest = {}): Sibling {
  return {
    task: { id, status: 'in_review', priority: 2, position: id, completedAt: null },
    pullRequest: {
      host: 'github.com',
      repository: 'acme/app',
      base: 'main',
      state: 'open',
      mergeState: 'behind',
      mergeable: 'mergeable',
      queued: false,
      checks: 'passed',
      headCommit: 'a',
      readAt: new Date(NOW).toISOString(),
      ...more,
    },
    automatic: true,
    lastMove: () => null,
    ...rest,
  };
}

const next = (...all: Sibling[]) => nextBehind(all, NOW).map(({ task }) => task.id);

test('one for each base, the first in the queue', () => {
  expect(next(sibling(2), sibling(1), sibling(3, { base: 'develop' }))).toEqual([1, 3]);
});

test.each([
  ['it is up to date', { mergeState: 'clean' }, {}],
  ['it conflicts', { mergeable: 'conflicting' as const }, {}],
  ['it stands in the queue of GitHub', { queued: true }, {}],
  ['it is merged', { state: 'merged' as const }, {}],
  ['a person is asked first', {}, { automatic: false }],
])('not when %s', (_what, more, rest) => {
  expect(next(sibling(1, more, rest))).toEqual([]);
});

test('which are moved without being asked, sooner or later', () => {
  const task = aTask({ status: 'in_review', push: 'pr' });
  const behind = aPullRequest({ mergeState: 'behind', createdAt: AT, head: aSession().branch });
  const how = { policy: 'automatic', held: 'It is held.' } as const;
  expect(refreshOf(task, aSession(), behind, how)).toEqual({ held: 'It is held.' });
  expect(refreshOf(task, aSession(), behind, { ...how, policy: 'ask' })).toBeNull();
  expect(refreshOf(task, aSession(), { ...behind, mergeState: 'clean' }, how)).toBeNull();
  expect(refreshOf(task, aSession({ stackedOn: 3 }), behind, how)).toBeNull();
  expect(refreshOf(task, aSession({ state: 'closing' }), behind, how)).toBeNull();
  expect(refreshOf(task, aSession({ branch: 'other' }), behind, how)).toBeNull();
  expect(refreshOf(task, null, behind, how)).toBeNull();
  expect(refreshOf({ ...task, push: 'local' }, aSession(), behind, how)).toBeNull();
});

describe('the next one waits for the one before', () => {
  const moved = (ms: number, head = 'a') => ({ lastMove: () => ({ at: NOW - ms, head }) });
  const clean = { mergeState: 'clean' };
  test.each([
    ['whose checks run', { ...clean, checks: 'pending' as const }, moved(5 * MINUTE), []],
    ['whose checks are not known', { ...clean, checks: null }, moved(5 * MINUTE), []],
    ['whose push was not seen yet', clean, moved(MINUTE, 'b'), []],
    ['that somebody pushed to since', clean, moved(5 * MINUTE, 'b'), [2]],
    ['that is green', clean, moved(5 * MINUTE), [2]],
    [
      'whose checks run for hours',
      { ...clean, checks: 'pending' as const },
      moved(61 * MINUTE),
      [2],
    ],
  ])('%s', (_what, more, rest, expected) => {
    expect(next(sibling(1, more, rest), sibling(2))).toEqual(expected);
  });
});
