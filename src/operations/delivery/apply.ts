import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { checkConflict } from '#operations/task/check-conflict.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';

/** Whether no prompt went in since a turn's end was looked at: git, the remote and gates take their time. */
export function isStill(now: Session | null, seen: Session): now is Session {
  return (
    now?.state === 'open' &&
    now.turnEndedAt === seen.turnEndedAt &&
    (now.promptedAt ?? 0) <= (now.turnEndedAt ?? 0)
  );
}

/** What is written of a turn's end that was judged. Whether there is a pull request is looked up by another duty, which writes that down itself. */
export function lookedAt({ push }: Pick<Task, 'push'>, { turnEndedAt }: Session): Partial<Session> {
  return { judgedAt: turnEndedAt, ...(push === 'pr' ? {} : { lookedAt: turnEndedAt }) };
}

/** Delivers a turn whose work is complete: in push mode `push` the task is done and its session ends, else it is in review. */
export async function deliver(
  app: App,
  { task, project, session }: { task: Task; project: Project | null; session: Session },
): Promise<null> {
  const { store, clock } = app;
  const at = clock.iso();
  const still = store.write(() => {
    if (!isStill(store.sessions.find(session.id), session)) return false;
    // A session that cannot be ended yet is looked at again.
    if (task.push === 'push') return true;
    store.sessions.update(session.id, lookedAt(task, session), null);
    const followed = store.pullRequests.of(task.id);
    const data =
      task.push === 'pr' && followed !== null
        ? { pullRequest: followed.number, url: followed.url }
        : { push: task.push };
    const context = { at, source: 'supervisor' as const, sessionId: session.id };
    applyTaskEvent(store, task.id, 'deliver', { ...context, data });
    return true;
  });
  if (!still || project === null) return null;
  if (task.push === 'local') await checkConflict(app, task, project, session);
  if (task.push !== 'push') return null;
  const ended = await endAndApply(app, task, project, session, {
    reason: 'pushed',
    event: 'finish',
    source: 'supervisor',
    onlyIf: (now) => isStill(now, session),
  });
  if (isRefusal(ended)) {
    app.log.info('A pushed task keeps its session.', { task: task.id, reason: ended.reason });
  }
  return null;
}
