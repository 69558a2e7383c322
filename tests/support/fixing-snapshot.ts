import type { Snapshot } from '#app.ts';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import { type FixSpent, UNSAID_FIX_SETTINGS } from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Task } from '#domain/task.ts';
import { NOW } from './dashboard.tsx';
import { aRound, aStatement, aThread } from './feedback.ts';
import { failing } from './reading.ts';
import { activity, aRow, aSnapshot, projectNamed, pullRequestOf, sessionOf } from './snapshots.ts';

const MINUTE = 60_000;
const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();

interface Case {
  title: string;
  task: Partial<Task>;
  pullRequest: Partial<PullRequest>;
  round?: Partial<Round>;
  spent?: Partial<FixSpent>;
  feedback?: Feedback[];
}

const BLOCKED = { review: 'required', mergeState: 'blocked' } as const;
const RED = { checks: 'failed', ...BLOCKED } as const;
const evidence: Round['evidence'] = [{ kind: 'check', key: 'lint', title: 'lint' }];

/** What is done about a pull request, by whom, and why no more: the title of each task says it. */
const CASES: readonly Case[] = [
  {
    title: 'Claude is told for the second time',
    task: { status: 'ci_failed', fix: 'automatic' },
    pullRequest: RED,
    round: { kind: 'fix', endedAt: null, evidence },
    spent: { rounds: 2 },
  },
  {
    title: 'All rounds are used',
    task: { status: 'ci_failed', fix: 'automatic' },
    pullRequest: RED,
    round: { kind: 'fix', evidence: [{ kind: 'check', key: 'test', title: 'test' }] },
    spent: { rounds: 5 },
  },
  {
    title: 'Claude can be asked',
    task: { status: 'ci_failed' },
    pullRequest: RED,
  },
  {
    title: 'Nobody is to mend it',
    task: { status: 'conflict', fix: 'off' },
    pullRequest: { mergeable: 'conflicting', mergeState: 'dirty' },
  },
  {
    title: 'The review loop judges',
    task: { status: 'in_review', loop: true },
    pullRequest: BLOCKED,
    round: { kind: 'review', endedAt: null, evidence: [] },
    feedback: [aThread()],
  },
  {
    title: 'A comment to decide about',
    task: { status: 'in_review' },
    pullRequest: { ...BLOCKED, unresolvedThreads: 1 },
    feedback: [aThread()],
  },
  {
    title: 'It is behind its base',
    task: { status: 'in_review' },
    pullRequest: { review: 'approved', approvedBy: ['ada'], mergeState: 'behind' },
  },
  {
    title: 'Threads are open',
    task: { status: 'in_review' },
    pullRequest: {
      ...{ review: 'approved', approvedBy: ['ada'] },
      ...{ mergeState: 'blocked', unresolvedThreads: 3 },
    },
  },
  {
    title: 'Somebody closed it',
    task: { status: 'in_review' },
    pullRequest: { state: 'closed' },
  },
  {
    title: 'It was never read',
    task: { status: 'in_review' },
    pullRequest: { ...BLOCKED, readAt: null, checks: null },
  },
  {
    title: 'Its host wants a pause',
    task: { status: 'in_review' },
    pullRequest: { ...BLOCKED, host: 'ghe.acme.test', readAt: ago(4) },
  },
  {
    title: 'It runs into the limit of the account',
    task: { status: 'ci_failed', fix: 'automatic' },
    pullRequest: { ...RED, checkRuns: failing('lint', 'end to end (ブラウザ)', 'unit', 'e2e') },
    spent: { rounds: 1, unsent: 3 },
  },
  {
    title: 'It is merged',
    task: { status: 'done' },
    pullRequest: { state: 'merged', mergedBy: 'ada', mergedAt: ago(3) },
  },
];

/** Pull requests that Claude mends, mended, or may not mend. */
export function fixingSnapshot(): Snapshot {
  const ids = CASES.map((_, at) => at + 1);
  const branch = (id: number): string => `task/fix-${id}`;
  const each = <Value>(of: (one: Case, id: number) => Value | undefined): Map<number, Value> =>
    new Map(
      CASES.flatMap((one, at) => {
        const value = of(one, at + 1);
        return value === undefined ? [] : [[at + 1, value]];
      }),
    );
  return aSnapshot({
    projects: [projectNamed(1, 'web-shop')],
    tasks: CASES.map(({ title, task }, at) => aRow(at + 1, { title, ...task })),
    sessions: new Map(
      ids
        .filter((id) => CASES[id - 1]?.task.status !== 'done')
        .map((id) =>
          sessionOf(id, { ...activity('idle'), branch: branch(id), createdAt: ago(99) }),
        ),
    ),
    pullRequests: new Map(
      CASES.map(({ pullRequest }, at) =>
        pullRequestOf(at + 1, {
          ...{ review: null, head: branch(at + 1), createdAt: ago(90) },
          ...(pullRequest.checks === 'failed' ? { checkRuns: failing('lint') } : {}),
          ...pullRequest,
        }),
      ),
    ),
    feedback: each(({ feedback }, id) =>
      feedback?.map((said) => ({ ...said, pullRequestId: id, statements: [aStatement()] })),
    ),
    rounds: each(({ round }, id) =>
      round === undefined ? undefined : aRound({ id, taskId: id, pullRequestId: id, ...round }),
    ),
    roundCounts: each(({ spent, round }) => spent?.rounds ?? (round ? 1 : undefined)),
    spent: each(
      ({ spent }) =>
        spent && { rounds: 0, unsent: 0, reviewRounds: 0, ms: 0, costUsd: 0, ...spent },
    ),
    fixSettings: new Map([[1, UNSAID_FIX_SETTINGS]]),
    hosts: [
      {
        ...{ host: 'ghe.acme.test', login: 'ada', budgetLimit: 5000, remaining: 12 },
        ...{ resetsAt: ago(-30), used: 800, usedSince: ago(30), readAt: ago(4), nextAt: ago(-9) },
        trouble: 'GitHub wants fewer requests (secondary rate limit)',
        ...{ troubleSince: ago(3), pausedUntil: ago(-9) },
      },
    ],
  });
}
