import type { App, WorktreeState } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { checkConflict } from '#operations/task/check-conflict.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';
import { wasRefused } from './end.ts';
import { followBranch } from './follow-branch.ts';

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
 * and moves the task on. What cannot be found out changes nothing, and is returned: it is asked again at the next call.
 */
export async function deliverTurn(
  app: App,
  task: Task,
  project: Project,
  given: Session,
): Promise<Refusal | null> {
  if (wasRefused(app, given)) return null;
  const state = await app.git.inspectWorktree(given.worktree, given.baseCommit);
  if (isRefusal(state)) return note(app, given, state);
  const session = await followBranch(app, project, given, state.branch);
  const here = state.branch === session.branch && state.ahead > 0;
  const delivered =
    here && (task.push === 'local' ? isClean(state) : await isPushed(app, project, session, state));
  if (isRefusal(delivered)) return note(app, session, delivered);
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
  if (!still) return null;
  if (task.push === 'local') {
    await checkConflict(app, task, project, session);
    return null;
  }
  const ended = await endAndApply(app, task, project, session, {
    reason: 'pushed',
    event: 'finish',
    source: 'supervisor',
    onlyIf: isStill,
  });
  if (isRefusal(ended)) {
    app.log.info('A pushed task keeps its session.', { task: task.id, reason: ended.reason });
  }
  return null;
}

/** Tells once why a turn's work could not be looked up. */
function note({ store, clock }: App, session: Session, why: Refusal): Refusal {
  const { id, taskId, turnEndedAt } = session;
  const { reason } = why;
  const told = store.events
    .ofTask(taskId, 20)
    .findLast(({ kind, sessionId }) => kind === 'session.unknown' && sessionId === id);
  const known = told?.data.reason === reason && Date.parse(told.at) >= (turnEndedAt ?? 0);
  if (known) return why;
  const event = { kind: 'session.unknown', source: 'supervisor' as const, at: clock.iso() };
  store.write(() => store.events.append({ ...event, taskId, sessionId: id, data: { reason } }));
  return why;
}

/** local: the branch has at least one commit over the base, and nothing is left lying about. */
function isClean({ changed, untracked }: WorktreeState): boolean {
  return changed === 0 && untracked === 0;
}

/** push: the branch on the remote is what the worktree has, and it is more than the base. */
async function isPushed(
  app: App,
  project: Project,
  { branch, turnBehind }: Session,
  { head }: WorktreeState,
): Promise<boolean | Refusal> {
  if (project.remote === null || turnBehind) return false;
  const remote = await app.git.remoteHead(project.path, project.remote, branch);
  return isRefusal(remote) ? remote : remote?.commit === head;
}
