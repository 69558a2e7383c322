import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { afterMerge, isAtWork, type Left } from '#domain/pull-request/after-merge.ts';
import { isOfSession, type PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { nextStatus, type Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { findTask } from '#operations/task/find.ts';

/** By session, the facts for which its worktree was looked at after the merge. It may be forgotten: it is then looked at once more. */
export type LookedAt = Map<string, string>;

/**
 * Ends the tasks of a project whose pull request was merged while their session was open, as soon as Claude rests, no round goes on, and the merge holds all
 * that stands in the worktree. With other work the session stays, and a person is asked. Of what was asked about nothing ends before another turn has.
 */
export async function endMerged(app: App, projectId: number, looked: LookedAt): Promise<void> {
  const open = app.store.sessions.open();
  for (const id of looked.keys()) if (!open.some((each) => each.id === id)) looked.delete(id);
  for (const session of open) {
    if (app.store.tasks.find(session.taskId)?.projectId !== projectId) continue;
    const merged = mergedOf(app, session);
    if (merged === null && session.leftOut !== null) forgetLeftOut(app, session);
    if (merged === null || isAtWork(session)) continue;
    // A review loop's Claude works in the same worktree. Whoever runs a round ends it when it sees the merge.
    if (app.store.rounds.openOf(session.taskId) !== null) continue;
    const mark = markOf(session, merged);
    if (looked.get(session.id) === mark) continue;
    const left = await readLeft(app, session, merged);
    decide(app, session, merged, left);
    looked.set(session.id, mark);
  }
}

/** What the merge before left out is in the next pull request, or will be looked for after its merge. */
function forgetLeftOut(app: App, { id }: Session): void {
  const { store } = app;
  store.write(() => {
    const now = store.sessions.find(id);
    if (now === null || mergedOf(app, now) !== null) return;
    store.sessions.update(id, { leftOut: null }, null);
  });
}

/** The pull request of this session that was merged, while its task is not done. */
function mergedOf({ store }: Pick<App, 'store'>, session: Session): PullRequest | null {
  const task: Task | null = store.tasks.find(session.taskId);
  if (session.state !== 'open' || task === null) return null;
  if (nextStatus(task.status, 'merge') === null) return null;
  const followed = store.pullRequests.of(task.id);
  if (followed?.state !== 'merged' || !isOfSession(followed, session)) return null;
  return followed;
}

function markOf(session: Session, { id }: PullRequest): string {
  const { movedAt, promptedAt, turnEndedAt } = session;
  return JSON.stringify([id, isAtWork(session), movedAt, promptedAt, turnEndedAt]);
}

async function readLeft(app: App, session: Session, { headCommit }: PullRequest): Promise<Left> {
  const { worktree, branch, baseCommit, taskId } = session;
  const nothing = { commits: 0, changed: 0, untracked: 0 };
  const found = findTask(app.store, taskId);
  const state = await app.git.inspectWorktree(worktree, baseCommit);
  if (isRefusal(found)) return null;
  if (isRefusal(state)) return state.code === 'not_found' ? nothing : null;
  const { head: to, changed, untracked, unpushed } = state;
  const { path: repository, remote } = found.project;
  if (to === headCommit) return { ...nothing, changed, untracked };
  if (headCommit === null || remote === null) return { commits: unpushed, changed, untracked };
  const beyond = await app.git.commitsBeyond({ repository, remote, branch, from: headCommit, to });
  // The merged commit cannot be had any more: what was pushed at some time counts as merged.
  const commits = isRefusal(beyond) ? unpushed : beyond.length;
  return { commits, changed, untracked };
}

function decide(app: App, session: Session, merged: PullRequest, left: Left): void {
  const { store, clock } = app;
  const { id, taskId } = session;
  const at = clock.iso();
  store.write(() => {
    const now = store.sessions.find(id);
    const followed = now === null ? null : mergedOf(app, now);
    // A prompt or another pull request came while git was asked: the next look sees it.
    if (now === null || followed === null) return;
    if (markOf(now, followed) !== markOf(session, merged)) return;
    const then = afterMerge(now, followed, left);
    const context = { at, source: 'supervisor' as const, sessionId: id };
    if (then.kind === 'end') {
      applyTaskEvent(store, taskId, 'merge', { ...context, data: { pullRequest: merged.number } });
    } else if (then.kind === 'ask' && now.leftOut !== then.leftOut) {
      const { leftOut } = then;
      const data = { number: merged.number, leftOut };
      store.sessions.update(
        id,
        { leftOut },
        { ...context, kind: 'session.left_out', taskId, data },
      );
    }
  });
}
