import type { App } from '#app.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { type TurnFacts, turnOf } from '#domain/pull-request/turn.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { type FixReader, fixReader, fixStateOf } from '#operations/round/facts.ts';
import { stackOf } from '#operations/stack/parent.ts';

/** What decides whose turn a task is, as the database knows it. */
export function turnFacts(
  app: Pick<App, 'store' | 'clock' | 'config'>,
  task: Task,
  session: Session | null,
  pullRequest: PullRequest | null,
  read: FixReader = fixReader(app),
): TurnFacts {
  const { store, clock } = app;
  return {
    task,
    session,
    pullRequest,
    stack: session === null ? null : stackOf(store, session),
    refresh: read.refresh(task, { session, pullRequest }),
    round: store.rounds.openOf(task.id),
    feedback: pullRequest === null ? [] : store.feedback.of(pullRequest.id),
    fix: fixStateOf(read, task, { session, pullRequest }),
    host: pullRequest === null ? null : store.hosts.find(pullRequest.host),
    now: clock.now(),
  };
}

/** Whose turn a task is; null when it is not in review. */
export function turnOfTask(
  app: Pick<App, 'store' | 'clock' | 'config'>,
  task: Task,
  session: Session | null,
  pullRequest: PullRequest | null,
  read: FixReader = fixReader(app),
) {
  if (!isReviewed(task.status)) return null;
  return turnOf(turnFacts(app, task, session, pullRequest, read));
}
