import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { reviewEvidence, reviewState } from '#domain/pull-request/review.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { defineOperation } from '#operations/operation.ts';
import { reviewFacts } from './facts.ts';

/**
 * Records that a round begins, before anything of it happens: from then on no other round starts in this worktree. Refuses when there is
 * nothing to do by now.
 */
export const beginReview = defineOperation({
  name: 'review.begin',
  summary: 'Begin a round of the review loop of a session.',
  input: z.object({ session: z.string() }),
  async run(app, given): Promise<Round | Refusal> {
    const { session, task } = reviewFacts(app, given.session);
    if (session === null || task === null) return refuse('The session is over.');
    const worktree = await app.git.inspectWorktree(session.worktree, session.baseCommit);
    if (isRefusal(worktree)) return worktree;
    if (worktree.branch !== session.branch) {
      return refuse(
        `The worktree of #${task.id} is not on its branch ${session.branch}.`,
        `Switch back: git -C ${session.worktree} switch ${session.branch}`,
      );
    }
    return app.store.write(() => record(app, given.session, worktree.head));
  },
});

function record(app: App, sessionId: string, headCommit: string): Round | Refusal {
  const { store, clock } = app;
  // Read again inside the transaction: another round, or a person, may have been faster.
  const facts = reviewFacts(app, sessionId);
  const state = reviewState(facts, clock.now());
  if (state.kind !== 'ready') return refuse(state.text);
  const { task, pullRequest } = facts;
  if (task === null || pullRequest === null) return refuse('The session is over.');
  const evidence = reviewEvidence(state.feedback);
  const round = {
    ...{ taskId: task.id, pullRequestId: pullRequest.id, kind: 'review' as const, evidence },
    ...{ headCommit, startedAt: clock.now(), sentAt: null, endedAt: null },
    ...{ outcome: null, note: null, costUsd: null },
  };
  const begun = store.rounds.add(round, {
    ...{ kind: 'review.begin', source: 'claustre', at: clock.iso() },
    ...{ projectId: task.projectId, taskId: task.id, sessionId },
    data: { number: pullRequest.number, comments: evidence.length },
  });
  // An earlier verdict that was not told yet is overtaken by what was said since.
  const anew = { verdict: null, reason: null, replyId: null, answeredAt: null };
  for (const { id } of state.feedback) {
    store.feedback.decide(pullRequest.id, id, { roundId: begun.id, ...anew }, null);
  }
  return begun;
}
