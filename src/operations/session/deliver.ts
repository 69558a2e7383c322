import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { checkConflict } from '#operations/task/check-conflict.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';
import { wasRefused } from './end.ts';

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
  if (wasRefused(app, session)) return;
  const delivered =
    task.push === 'local' ? await isCommitted(app, session) : await isPushed(app, project, session);
  if (delivered === null) return;
  const { store, clock } = app;
  const at = clock.iso();
  // Git and the remote took their time: a prompt may have gone in meanwhile, and the end of that turn looks again.
  const isStill = (now: Session | null): now is Session =>
    now?.state === 'open' &&
    now.turnEndedAt === session.turnEndedAt &&
    (now.promptedAt ?? 0) <= (now.turnEndedAt ?? 0);
  const still = store.write(() => {
    if (!isStill(store.sessions.find(session.id))) return false;
    if (delivered && task.push !== 'local') return true;
    store.sessions.update(session.id, { lookedAt: session.turnEndedAt }, null);
    if (!delivered) return false;
    const context = { at, source: 'supervisor' as const, sessionId: session.id };
    applyTaskEvent(store, task.id, 'deliver', { ...context, data: { push: task.push } });
    return true;
  });
  if (!still) return;
  if (task.push === 'local') return checkConflict(app, task, project, session);
  const ended = await endAndApply(app, task, project, session, {
    reason: 'pushed',
    event: 'finish',
    source: 'supervisor',
    onlyIf: isStill,
  });
  if (isRefusal(ended)) {
    app.log.info('A pushed task keeps its session.', { task: task.id, reason: ended.reason });
  }
}

/** local: at least one commit over the base, and nothing left lying about. null when it cannot be told. */
async function isCommitted(app: App, session: Session): Promise<boolean | null> {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return null;
  if (state.branch !== session.branch) return false;
  return state.ahead > 0 && state.changed === 0 && state.untracked === 0;
}

/** push: the branch on the remote is what the worktree has, and it is more than the base. null when it cannot be told. */
async function isPushed(app: App, project: Project, session: Session): Promise<boolean | null> {
  if (project.remote === null || session.turnBehind) return false;
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return null;
  if (state.ahead === 0 || state.branch !== session.branch) return false;
  const remote = await app.git.remoteHead(project.path, project.remote, session.branch);
  if (isRefusal(remote)) return null;
  return remote?.commit === state.head;
}
