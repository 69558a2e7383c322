import { describe, expect, test } from 'vitest';
import type { Refresh } from '#domain/pull-request/behind.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import { failedChecks } from '#domain/pull-request/checks.ts';
import type { Feedback, Trust } from '#domain/pull-request/feedback.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type TurnFacts, turnOf, whoseWords } from '#domain/pull-request/turn.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { aStatement, aThread } from '../../support/feedback.ts';
import { aPullRequest } from '../../support/pull-requests.ts';
import { failing } from '../../support/reading.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const READ = '2026-01-01T11:59:00.000Z';

function pullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  return aPullRequest({ readAt: READ, ...changes });
}

function facts(changes: Partial<TurnFacts> = {}): TurnFacts {
  return {
    task: { id: 12, status: 'in_review', push: 'pr', loop: false },
    session: activity('idle'),
    pullRequest: pullRequest(),
    round: null,
    feedback: [],
    fix: null,
    host: null,
    now: NOW,
    ...changes,
  };
}

function activity(
  name: 'idle' | 'working' | 'question' | 'starting',
  detail: string | null = null,
) {
  return { activity: { name, detail, source: 'hook' as const, since: NOW } };
}

test('a stacked task that could be merged waits for the one below it', () => {
  const session = { ...activity('idle'), stackedOn: 3 };
  expect(turnOf(facts({ session }))).toEqual({
    of: 'parent',
    kind: 'parent',
    text: 'waits for #3, which it is stacked on',
  });
});

test('one whose parent ended without a merge waits for a person, who is told how to move it', () => {
  const session = { ...activity('idle'), stackedOn: 3 };
  const stack = { kind: 'left', reason: '#3, which it is stacked on, was killed' } as const;
  expect(turnOf(facts({ session, stack }))).toEqual({
    of: 'you',
    kind: 'attention',
    text: '#3, which it is stacked on, was killed; claustre rebase 12 --onto BRANCH moves it',
  });
});

test('one that is behind is claustre’s where it moves it by itself, and a person’s when it cannot', () => {
  const behind = pullRequest({ mergeState: 'behind' });
  const turn = (refresh: Refresh | null) => turnOf(facts({ pullRequest: behind, refresh }));
  expect(turn({ held: null })).toEqual({
    of: 'claustre',
    kind: 'refresh',
    text: 'will be brought up to date with main',
  });
  expect(turn({ held: 'Its worktree has changes.' })).toEqual({
    of: 'you',
    kind: 'attention',
    text: 'cannot be brought up to date with main: Its worktree has changes',
  });
  expect(turn(null)?.of).toBe('you');
});

test('a task that was merged is Claude’s while it works on, and a person’s when something was left out', () => {
  const merged = (session: TurnFacts['session']) =>
    turnOf(facts({ session, pullRequest: pullRequest({ state: 'merged', mergeState: null }) }));
  const leftOut = 'the merge does not hold 1 commit of its worktree';
  expect(merged(activity('idle'))).toMatchObject({ of: null, kind: 'unknown' });
  expect(merged({ ...activity('working'), leftOut })).toMatchObject({ of: 'claude' });
  expect(merged({ ...activity('idle'), leftOut })).toEqual({
    of: 'you',
    kind: 'unsure',
    text: `merged, but ${leftOut}`,
  });
});

function check(name: string, changes: Partial<Check> = {}): Check {
  return {
    ...{
      workflow: null,
      name,
      state: 'FAILURE',
      meaning: 'failed',
      required: null,
      url: null,
      job: null,
      at: null,
    },
    ...changes,
  };
}

function said(trust: Trust, changes: Partial<Feedback> = {}): Feedback {
  return aThread({ statements: [aStatement({ trust })], ...changes });
}

const REQUIRED = { review: 'required', mergeState: 'blocked' } as const;
const CHANGES = { review: 'changes_requested', mergeState: 'blocked' } as const;
const read = { feedbackMark: 'm', feedbackRead: 'm' };
const round: TurnFacts['round'] = { kind: 'fix', evidence: [], endedAt: null };
const lint = { kind: 'check' as const, key: 'lint', title: 'lint' };

describe('whose turn a pull request is', () => {
  test.each<[string, Partial<PullRequest>, string | null, string]>([
    ['green and approved', { review: 'approved' }, 'you', 'ready to merge'],
    ['no checks at all', { checks: 'none' }, 'you', 'ready to merge'],
    ['all skipped', { checks: 'skipped' }, 'you', 'ready to merge'],
    [
      'only optional failed',
      { checks: 'failed_optional', mergeState: 'unstable' },
      'you',
      'ready to merge',
    ],
    ['running', { checks: 'pending' }, 'checks', 'running'],
    [
      'one of two running',
      { checks: 'pending', checkRuns: [check('a'), check('b', { meaning: 'pending' })] },
      'checks',
      '1 of 2 ended',
    ],
    [
      'waiting',
      { checks: 'pending', checksNote: 'waits for a runner' },
      'checks',
      'waits for a runner',
    ],
    ['running draft', { checks: 'pending', draft: true }, 'checks', 'running'],
    ['draft', { draft: true, mergeState: 'draft' }, 'you', 'a draft to mark ready'],
    ['red', { checks: 'failed', checkRuns: failing('lint') }, 'you', 'failed: lint'],
    ['red draft', { checks: 'failed', draft: true }, 'you', 'checks failed'],
    [
      'attention',
      { checks: 'attention', checksNote: 'cancelled: build' },
      'you',
      'cancelled: build',
    ],
    ['attention without a word', { checks: 'attention' }, 'you', 'checks need a person'],
    ['conflict', { mergeable: 'conflicting' }, 'you', 'conflicts with main'],
    [
      'conflict before red',
      { mergeable: 'conflicting', checks: 'failed' },
      'you',
      'conflicts with main',
    ],
    ['closed', { state: 'closed', mergeable: 'conflicting' }, 'you', 'closed unmerged'],
    ['queued', { queued: true, checks: 'pending' }, 'github', 'in the merge queue'],
    [
      'auto-merge',
      { autoMerge: 'squash', ...REQUIRED },
      'github',
      'merges by itself (squash) once it is approved',
    ],
    [
      'auto-merge, behind',
      { autoMerge: 'merge', mergeState: 'behind' },
      'github',
      'merges by itself (merge) once it is up to date with main',
    ],
    ['auto-merge, running', { autoMerge: 'squash', checks: 'pending' }, 'checks', 'running'],
    ['auto-merge, red', { autoMerge: 'squash', checks: 'failed' }, 'you', 'checks failed'],
    ['auto-merge of a draft', { autoMerge: 'squash', draft: true }, 'you', 'a draft to mark ready'],
    ['review required', REQUIRED, 'reviewers', 'waits for a review'],
    [
      'one was asked',
      { ...REQUIRED, reviewRequests: 1 },
      'reviewers',
      'waits for a reviewer who was asked',
    ],
    ['two were asked', { ...REQUIRED, reviewRequests: 2 }, 'reviewers', 'waits for 2 reviewers'],
    [
      'asked, though nothing requires it',
      { reviewRequests: 1, mergeState: 'unstable' },
      'reviewers',
      'waits for a reviewer who was asked',
    ],
    [
      'changes requested',
      { ...CHANGES, changesRequestedBy: ['ada', 'bob'] },
      'you',
      'changes requested by ada, bob',
    ],
    ['changes requested by nobody known', CHANGES, 'you', 'changes requested'],
    [
      'changes requested without a word',
      { ...CHANGES, ...read, changesRequestedBy: ['ada'] },
      'you',
      'changes requested by ada',
    ],
    [
      'thrown out of the queue',
      { mergeStopped: 'queue' },
      'you',
      'left the merge queue without being merged',
    ],
    [
      'auto-merge was turned off',
      { mergeStopped: 'auto_merge', ...REQUIRED },
      'reviewers',
      'waits for a review; auto-merge was turned off',
    ],
    [
      'auto-merge was turned off, running',
      { mergeStopped: 'auto_merge', checks: 'pending' },
      'checks',
      'running; auto-merge was turned off',
    ],
    [
      'auto-merge was turned off, and it can be merged',
      { mergeStopped: 'auto_merge' },
      'you',
      'ready to merge; auto-merge was turned off',
    ],
    [
      'green, and somebody said something',
      { feedbackMark: 'newer', feedbackRead: 'm' },
      null,
      'what reviewers said is not read yet',
    ],
    ['behind', { mergeState: 'behind' }, 'you', 'must be brought up to date with main'],
    [
      'threads block',
      { mergeState: 'blocked', unresolvedThreads: 2 },
      'you',
      '2 threads to resolve',
    ],
    ['something blocks', { mergeState: 'blocked' }, 'you', 'GitHub does not let it be merged'],
    ['checks unknown', { checks: null }, null, 'checks not known'],
    [
      'checks are awaited',
      { checks: null, checksNote: 'the first one has not come yet' },
      'checks',
      'waits for checks: the first one has not come yet',
    ],
    [
      'merge unknown',
      { mergeable: null, mergeState: null },
      null,
      'not known whether it can be merged',
    ],
    ['merge state unknown', { mergeState: null }, null, 'not known whether it can be merged'],
    ['never read', { checks: null, readAt: null, mergeable: null }, null, 'not read yet'],
  ])('%s', (_, changes, of, text) => {
    expect(turnOf(facts({ pullRequest: pullRequest(changes) }))).toMatchObject({ of, text });
  });

  test.each<[string, Partial<TurnFacts>, string | null, string]>([
    ['Claude asks', { session: activity('question', 'Which?') }, 'you', 'Which?'],
    ['Claude works', { session: activity('working') }, 'claude', 'works on it'],
    [
      'Claude works, perhaps on something else',
      { session: activity('working'), pullRequest: pullRequest({ mergeable: 'conflicting' }) },
      'you',
      'conflicts with main',
    ],
    ['Claude only starts', { session: activity('starting') }, 'you', 'ready to merge'],
    ['no session', { session: null }, 'you', 'ready to merge'],
    ['a round is open', { round: { ...round, evidence: [lint] } }, 'claude', 'fixes lint'],
    [
      'a review round is open',
      { round: { ...round, kind: 'review' } },
      'claude',
      'judges the comments',
    ],
    ['a round has ended', { round: { ...round, endedAt: 1 } }, 'you', 'ready to merge'],
    [
      'an open round that asks',
      { round, session: activity('question') },
      'you',
      'Claude asks: question',
    ],
    [
      'an open round of a closed one',
      { round, pullRequest: pullRequest({ state: 'closed' }) },
      'you',
      'closed unmerged',
    ],
    [
      'a branch that stays here',
      { task: { id: 12, status: 'in_review', push: 'local', loop: false }, pullRequest: null },
      'you',
      'ready to merge',
    ],
    [
      'one in conflict',
      { task: { id: 12, status: 'conflict', push: 'local', loop: false }, pullRequest: null },
      'you',
      'conflicts with its base',
    ],
    [
      'one that is worked on',
      {
        task: { id: 12, status: 'in_review', push: 'local', loop: false },
        session: activity('working'),
      },
      'claude',
      'works on it',
    ],
    ['no pull request', { pullRequest: null }, null, 'its pull request is not known'],
    [
      'a conflict without one',
      { task: { id: 12, status: 'conflict', push: 'pr', loop: false }, pullRequest: null },
      'you',
      'conflicts with its base',
    ],
    ['a comment', { feedback: [said('trusted')] }, 'you', 'a comment to decide about'],
    [
      'two comments',
      { feedback: [said('trusted'), said('trusted', { id: 'u' })] },
      'you',
      '2 comments to decide about',
    ],
    ["a stranger's comment", { feedback: [said('untrusted')] }, 'you', 'ready to merge'],
    ['our own word', { feedback: [said('ours')] }, 'you', 'ready to merge'],
    [
      'a decided comment',
      { feedback: [said('trusted', { decidedFor: 'S1' })] },
      'you',
      'ready to merge',
    ],
    [
      'a comment and a loop',
      {
        task: { id: 12, status: 'in_review', push: 'pr', loop: true },
        feedback: [said('trusted')],
      },
      'claude',
      'judges next: a comment to decide about',
    ],
    [
      'a comment and a loop without session',
      {
        task: { id: 12, status: 'in_review', push: 'pr', loop: true },
        feedback: [said('trusted')],
        session: null,
      },
      'you',
      'a comment to decide about',
    ],
  ])('%s', (_, changes, of, text) => {
    expect(turnOf(facts(changes))).toMatchObject({ of, text });
  });

  test('changes that were requested and are decided are for the reviewer to see', () => {
    const feedback = [said('trusted', { decidedFor: 'S1' })];
    const requested = { ...CHANGES, changesRequestedBy: ['ada'] };
    const turn = (more: Partial<PullRequest>) =>
      turnOf(facts({ feedback, pullRequest: pullRequest({ ...requested, ...more }) }));
    expect(turn(read)).toMatchObject({ of: 'reviewers', text: 'waits for another look by ada' });
    expect(turn({ feedbackMark: 'newer', feedbackRead: 'm' })?.of).toBe('you');
  });

  test('a comment by somebody else after that is not told as the request', () => {
    const feedback = [said('trusted', { decidedFor: 'S1' }), said('trusted', { id: 'u' })];
    const turn = (changesRequestedBy: string[]) => {
      const requested = pullRequest({ ...CHANGES, ...read, changesRequestedBy });
      return turnOf(facts({ feedback, pullRequest: requested }))?.text;
    };
    expect(turn(['bob'])).toBe('a comment to decide about');
    expect(turn(['ada'])).toBe('changes requested by ada');
  });

  test.each([
    ['running', 'claude', 'round 2 of 5'],
    ['held', 'you', 'failed: lint; round 2 of 5'],
    ['ask', 'you', 'failed: lint'],
    ['off', 'you', 'failed: lint'],
    ['none', 'you', 'failed: lint'],
  ] as const)('red checks while the fix loop is "%s"', (kind, of, text) => {
    const fix = { kind, text: 'round 2 of 5' };
    const red = pullRequest({ checks: 'failed', checkRuns: failing('lint') });
    expect(turnOf(facts({ fix, pullRequest: red }))).toMatchObject({ of, text });
  });

  test('a loop that is held leaves comments to the person', () => {
    const task = { id: 12, status: 'in_review', push: 'pr', loop: true } as const;
    const fix = { kind: 'held', text: 'five rounds were not enough' } as const;
    expect(turnOf(facts({ task, fix, feedback: [said('trusted')] }))?.of).toBe('you');
  });

  test('is only asked of a task in review', () => {
    const reviewed = TASK_STATUSES.filter((status) => {
      const task = { id: 12, status, push: 'pr', loop: false } as const;
      return turnOf(facts({ task })) !== null;
    });
    expect(reviewed).toEqual(['in_review', 'conflict', 'ci_failed']);
  });
});

describe('what nobody can read', () => {
  const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
  const turn = (minutes: number, changes: Partial<PullRequest>, host: TurnFacts['host'] = null) =>
    turnOf(facts({ host, pullRequest: pullRequest({ readAt: at(minutes), ...changes }) }));

  test.each<[string, Partial<PullRequest>]>([
    ['checks', { checks: 'pending' }],
    ['reviewers', REQUIRED],
    ['github', { queued: true }],
  ])('is believed for a while, and then not known: %s', (of, changes) => {
    const failing = { ...changes, staleReason: 'gh: 502' };
    expect(turn(4, failing)?.of).toBe(of);
    expect(turn(11, failing)).toEqual({
      of: null,
      kind: 'unread',
      text: `not read since ${at(11)}`,
    });
    expect(turn(11, changes)?.of).toBe(of);
    expect(turn(11, changes, { trouble: 'paused', troubleSince: at(9) })?.of).toBeNull();
    expect(turn(80, changes)?.of).toBeNull();
  });

  test('stays the turn of a person, who has to act on it anyway', () => {
    for (const changes of [{}, { checks: 'failed' }, { draft: true }] as const) {
      expect(turn(600, { ...changes, staleReason: 'gh: 502' })?.of).toBe('you');
    }
  });
});

test('required checks are named before optional ones, each once, and a long list is cut', () => {
  const runs = [
    check('a', { required: false }),
    check('b', { required: true }),
    check('c'),
    check('b'),
  ];
  expect(failedChecks(runs)).toEqual(['b']);
  expect(failedChecks(runs.slice(0, 1))).toEqual(['a']);
  const many = pullRequest({
    checks: 'failed',
    checkRuns: ['a', 'b', 'c', 'd', 'e'].map((name) => check(name)),
  });
  expect(turnOf(facts({ pullRequest: many }))?.text).toBe('failed: a, b, c and 2 more');
});

test('everybody has a word', () => {
  expect(whoseWords('github')).toBe("GitHub's");
});
