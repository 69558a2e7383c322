import type { App } from '#app.ts';
import type { Project } from '#domain/project.ts';
import { type ReviewFacts, whyReviewIsOver } from '#domain/pull-request/review.ts';

/** All that the review loop of a session decides by. Nothing outside of the database is asked. */
export function reviewFacts(
  { store, config }: Pick<App, 'store' | 'config'>,
  sessionId: string,
): ReviewFacts & { project: Project | null } {
  const session = store.sessions.find(sessionId);
  const task = session === null ? null : store.tasks.find(session.taskId);
  const project = task === null ? null : store.projects.find(task.projectId);
  const pullRequest = task === null ? null : store.pullRequests.of(task.id);
  const spent = store.rounds.spent();
  const settings = project === null ? config.settings : config.forProject(project.path);
  return {
    ...{ task, session, project, pullRequest },
    rounds: task === null ? [] : store.rounds.of(task.id),
    feedback: pullRequest === null ? [] : store.feedback.of(pullRequest.id),
    limits: store.attempts.limits(),
    reservePercent: settings.queue.reservePercent,
    maxRounds: settings.reviewLoop.maxRounds,
    reviewRounds: (pullRequest && spent.get(pullRequest.id)?.reviewRounds) ?? 0,
  };
}

/** Why there is nothing to review any more in a session, as a sentence; null while there is. Cheap: it is asked at every change. */
export function reviewIsOver({ store }: Pick<App, 'store'>, sessionId: string): string | null {
  const session = store.sessions.find(sessionId);
  if (session === null) return whyReviewIsOver(null, null, null);
  const { taskId } = session;
  return whyReviewIsOver(store.tasks.find(taskId), session, store.pullRequests.of(taskId));
}
