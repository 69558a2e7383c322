import type { App, WorkRequest } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { isSameWork } from '#domain/progress.ts';
import { risksOf } from '#domain/proof/risk.ts';
import type { Session } from '#domain/session.ts';

/** What is to be measured of a session, and a text that changes when something happened in it that git's own files do not tell. */
export interface Measure {
  request: WorkRequest;
  happened: string;
}

/** Null when the session has no worktree to measure. */
export function measureOf({ store }: Pick<App, 'store'>, session: Session): Measure | null {
  const { id, state, worktree, baseCommit, base, taskId, activity, turnEndedAt } = session;
  const task = store.tasks.find(taskId);
  if (state !== 'open' || baseCommit === null || task === null) return null;
  const project = store.projects.find(task.projectId);
  // Work that stays here goes to the local branch; everything else to that of the remote.
  const remote = task.push === 'local' ? null : (project?.remote ?? null);
  const { doing } = store.progress.of(id);
  return {
    request: { worktree, baseCommit, base, remote },
    happened: [activity.name, activity.since, turnEndedAt, doing?.since].join(' '),
  };
}

/** Reads the numbers of a session's work with git, and which of its files are worth a look, and records them. What cannot be read leaves those that are known, with their age. */
export async function measureWork(
  { store, git, clock }: Pick<App, 'store' | 'git' | 'clock'>,
  sessionId: string,
  request: WorkRequest,
): Promise<void> {
  const found = await git.readWork(request);
  if (isRefusal(found)) return;
  const { changed, ...work } = found;
  store.write(() => {
    if (store.sessions.find(sessionId)?.state !== 'open') return;
    const readAt = clock.now();
    const before = store.progress.of(sessionId).work;
    store.progress.setWork(sessionId, { ...work, readAt }, risksOf(changed));
    const committed = before !== null && before.ahead !== work.ahead;
    if (!isSameWork(before, work)) store.progress.noteChange(sessionId, committed ? readAt : null);
  });
}
