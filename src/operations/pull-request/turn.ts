import type { App } from '#app.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type TurnFacts, turnOf } from '#domain/pull-request/turn.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';

/** What decides whose turn a task is, as the database knows it. */
export function turnFacts(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  task: Task,
  session: Session | null,
  pullRequest: PullRequest | null,
): TurnFacts {
  return {
    task,
    session,
    pullRequest,
    round: store.rounds.openOf(task.id),
    feedback: pullRequest === null ? [] : store.feedback.of(pullRequest.id),
    fix: null,
    host: pullRequest === null ? null : store.hosts.find(pullRequest.host),
    now: clock.now(),
  };
}

/** Whose turn a task is; null when it is not in review. */
export function turnOfTask(
  app: Pick<App, 'store' | 'clock'>,
  task: Task,
  session: Session | null,
  pullRequest: PullRequest | null,
) {
  if (!isReviewed(task.status)) return null;
  return turnOf(turnFacts(app, task, session, pullRequest));
}
