import type { Feedback, Statement } from '#domain/pull-request/feedback.ts';
import type { Round } from '#domain/pull-request/round.ts';

/** One thing that somebody who is trusted wrote. */
export function aStatement(changes: Partial<Statement> = {}): Statement {
  return {
    id: 'S1',
    author: 'ada',
    bot: false,
    trust: 'trusted',
    body: 'This forgets the empty list.',
    at: '2026-01-02T03:04:05Z',
    edited: false,
    url: null,
    ...changes,
  };
}

/** A thread that nobody has decided about. */
export function aThread(changes: Partial<Feedback> = {}): Feedback {
  return {
    id: 'T1',
    pullRequestId: 1,
    kind: 'thread',
    statements: [aStatement()],
    state: null,
    path: 'src/tea.ts',
    line: 12,
    url: null,
    resolved: false,
    outdated: false,
    roundId: null,
    decidedFor: null,
    verdict: null,
    reason: null,
    replyId: null,
    answeredAt: null,
    ...changes,
  };
}

/** A round of the review loop that has ended. */
export function aRound(changes: Partial<Round> = {}): Round {
  return {
    id: 1,
    taskId: 1,
    pullRequestId: 1,
    kind: 'review',
    evidence: [],
    headCommit: null,
    startedAt: 1_000,
    sentAt: 1_000,
    endedAt: 2_000,
    outcome: 'pushed',
    note: null,
    costUsd: null,
    ...changes,
  };
}
