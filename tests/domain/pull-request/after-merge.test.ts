import { expect, test } from 'vitest';
import { ACTIVITIES } from '#domain/activity.ts';
import { afterMerge, isAtWork } from '#domain/pull-request/after-merge.ts';

const NOTHING = { commits: 0, changed: 0, untracked: 0 };
const MERGED = { mergedAt: '2026-01-01T12:00:00.000Z' };
const doing = (name: (typeof ACTIVITIES)[number]) => ({
  activity: { name, source: 'hook' as const, since: 0, detail: null },
  movedAt: 1000,
});

test('nothing ends while Claude is in the middle of something, whatever its worktree holds', () => {
  const atWork = ACTIVITIES.filter((name) => isAtWork(doing(name)));
  expect(atWork).toEqual(['starting', 'working', 'permission', 'question', 'plan', 'limited']);
  for (const name of atWork) {
    expect(afterMerge(doing(name), MERGED, NOTHING)).toEqual({ kind: 'wait' });
    expect(afterMerge(doing(name), MERGED, { ...NOTHING, commits: 1 })).toEqual({ kind: 'wait' });
  }
});

test.each(['idle', 'ended', 'lost'] as const)(
  'a session that is %s ends only when the merge holds all of it',
  (name) => {
    expect(afterMerge(doing(name), MERGED, NOTHING)).toEqual({ kind: 'end' });
    const words = [
      [{ ...NOTHING, commits: 2 }, '2 commits'],
      [{ ...NOTHING, changed: 1 }, '1 changed file'],
      [{ commits: 1, changed: 2, untracked: 3 }, '1 commit, 2 changed files, 3 untracked files'],
    ] as const;
    for (const [left, said] of words) {
      const leftOut = `the merge does not hold ${said} of its worktree`;
      expect(afterMerge(doing(name), MERGED, left)).toEqual({ kind: 'ask', leftOut });
    }
  },
);

test('a worktree that cannot be read is never taken for an empty one', () => {
  const leftOut = 'its worktree cannot be read';
  expect(afterMerge(doing('idle'), MERGED, null)).toEqual({ kind: 'ask', leftOut });
});

test('a session that a person opened again after the merge does not end by itself', () => {
  const again = { ...doing('idle'), movedAt: Date.parse(MERGED.mergedAt) + 1 };
  const leftOut = 'its session was opened again since';
  expect(afterMerge(again, MERGED, NOTHING)).toEqual({ kind: 'ask', leftOut });
});
