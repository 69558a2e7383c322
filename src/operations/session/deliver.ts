import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { checkConflict } from '#operations/task/check-conflict.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';

/** Sessions whose last turn ended and was not looked at yet: whether the work is where its push mode wants it. */
export function undelivered(app: Pick<App, 'store'>): Session[] {
  return app.store.sessions
    .open()
    .filter(
      (session) =>
        session.state === 'open' &&
        session.turnEndedAt !== null &&
        (session.promptedAt ?? 0) <= session.turnEndedAt &&
        (session.lookedAt === null || session.lookedAt < session.turnEndedAt),
    );
}

/**
 * Looks whether a turn that ended has delivered by the push modes `local` and `push` (pull requests are looked up in a batch of their own),
 * and moves the task on. What cannot be found out is asked again at the next call.
 */
export async function deliverTurn(
  app: App,
  task: Task,
  project: Project,
  session: Session,
): Promise<void> {
  const delivered =
    task.push === 'local' ? await isCommitted(app, session) : await isPushed(app, project, session);
  if (delivered === null) return;
  const { store, clock } = app;
  const at = clock.iso();
  store.write(() => {
    store.sessions.update(session.id, { lookedAt: session.turnEndedAt }, null);
    if (delivered && task.push === 'local') {
      applyTaskEvent(store, task.id, 'deliver', {
        at,
        source: 'supervisor',
        sessionId: session.id,
        data: { push: task.push },
      });
    }
  });
  if (!delivered) return;
  if (task.push === 'local') return checkConflict(app, task, project, session);
  const ended = await endAndApply(app, task, project, session, {
    reason: 'pushed',
    event: 'finish',
    source: 'supervisor',
  });
  if (isRefusal(ended))
    app.log.info('A pushed task keeps its session.', { task: task.id, reason: ended.reason });
}

/** local: at least one commit over the base, and nothing left lying about. null when it cannot be told. */
async function isCommitted(app: App, session: Session): Promise<boolean | null> {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return null;
  return state.ahead > 0 && state.changed === 0 && state.untracked === 0;
}

/** push: the branch on the remote is what the worktree has, and it is more than the base. null when it cannot be told. */
async function isPushed(app: App, project: Project, session: Session): Promise<boolean | null> {
  if (project.remote === null || session.turnBehind) return false;
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return null;
  if (state.ahead === 0) return false;
  const remote = await app.git.remoteHead(project.path, project.remote, session.branch);
  if (isRefusal(remote)) return null;
  return remote?.commit === state.head;
}
