import { expect, test } from 'vitest';
import type { FixState } from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import { turnNote } from '#tui/panels/turn-note.ts';
import { NOW } from '../../support/dashboard.tsx';
import { aCheck } from '../../support/reading.ts';
import { pullRequestOf } from '../../support/snapshots.ts';

const NO_FIX: FixState = { kind: 'none', text: '' };

function note(turn: Turn, changes: Partial<PullRequest> | null = {}, fix: FixState = NO_FIX) {
  const pullRequest = changes === null ? null : pullRequestOf(1, changes)[1];
  const round = fix.kind === 'running' ? ({ kind: 'fix', endedAt: null } as const) : null;
  return turnNote(turn, { pullRequest, round, fix }, NOW);
}

const yours = (kind: Turn['kind'], text: string): Turn => ({ of: 'you', kind, text });

test('what is yours asks, and has no sign of somebody else', () => {
  expect(note(yours('ready_to_merge', 'ready to merge'))).toEqual({
    ...{ text: 'ready to merge', short: 'ready', asks: true, kind: 'ready_to_merge' },
  });
});

test('what is somebody else’s says who, with a sign', () => {
  const turn: Turn = { of: 'checks', kind: 'running', text: '1 of 2 ended' };
  const checkRuns = [aCheck('a', 'SUCCESS'), aCheck('b', 'QUEUED')];
  expect(note(turn, { checkRuns })).toEqual({
    ...{ text: 'checks: 1 of 2 ended', short: 'checks 1/2', asks: false, sign: '⟳' },
    kind: 'running',
  });
  expect(note(turn, null).short).toBe('checks');
});

test.each([
  [yours('attention', 'cancelled: build'), { checks: 'attention' }, 'cancelled: build'],
  [yours('attention', 'must be …'), { mergeState: 'behind', base: 'dev' }, 'behind dev'],
  [yours('attention', '2 threads to resolve'), { unresolvedThreads: 2 }, '2 threads open'],
  [yours('attention', 'a thread to resolve'), { unresolvedThreads: 1 }, '1 thread open'],
  [yours('attention', 'GitHub does not let it'), {}, 'merge blocked'],
  [yours('comments', 'a comment'), {}, 'comments'],
  [yours('comments', 'requested'), { review: 'changes_requested' }, 'changes wanted'],
  [yours('ci_failed', 'failed: e2e, lint and 2 more'), {}, 'failed: e2e'],
  [yours('ci_failed', 'failed: e2e; 5 of 5 rounds are used'), {}, 'failed: e2e'],
  [yours('asks', 'Which db?'), {}, 'Which db?'],
  [{ of: 'github', kind: 'merging', text: 'x' }, { queued: true }, 'merge queue'],
  [{ of: 'github', kind: 'merging', text: 'x' }, { autoMerge: 'squash' }, 'auto-merge'],
  [{ of: null, kind: 'unread', text: 'not read yet' }, { readAt: null }, 'never read'],
  [{ of: null, kind: 'unknown', text: 'checks not known' }, {}, 'unknown'],
] satisfies [Turn, Partial<PullRequest>, string][])(
  '%j of %j is in short %j',
  (turn, facts, short) => {
    expect(note(turn, facts).short).toBe(short);
  },
);

test('of what Claude does it says the round', () => {
  const turn: Turn = { of: 'claude', kind: 'works', text: 'fixes lint' };
  expect(note(turn, {}, { kind: 'running', text: 'fix 2/5' }).short).toBe('Claude: fix 2/5');
  expect(note(turn).short).toBe('Claude');
  const next = { kind: 'running', text: 'about to be told' } as const;
  expect(note({ ...turn, text: next.text }, {}, next).short).toBe('Claude: fix next');
});
