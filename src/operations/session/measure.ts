import type { App, WorkRequest } from '#app.ts';
import { ClaustreError, isRefusal } from '#domain/error.ts';
import type { Gate } from '#domain/gate/gate.ts';
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
  { store, git, clock, config }: Pick<App, 'store' | 'git' | 'clock' | 'config'>,
  sessionId: string,
  request: WorkRequest,
): Promise<void> {
  const found = await git.readWork(request);
  if (isRefusal(found)) return;
  const { changed, ...work } = found;
  const gates = gatesAround({ store, config }, sessionId);
  store.write(() => {
    if (store.sessions.find(sessionId)?.state !== 'open') return;
    const readAt = clock.now();
    const before = store.progress.of(sessionId).work;
    store.progress.setWork(sessionId, { ...work, readAt }, risksOf(changed, gates));
    const committed = before !== null && before.ahead !== work.ahead;
    if (!isSameWork(before, work)) store.progress.noteChange(sessionId, committed ? readAt : null);
  });
}

/** The gates of a session's project. Settings that cannot be read are told by whatever is started; here they mark nothing. */
function gatesAround(
  { store, config }: Pick<App, 'store' | 'config'>,
  sessionId: string,
): readonly Gate[] {
  const taskId = store.sessions.find(sessionId)?.taskId;
  const task = taskId === undefined ? null : store.tasks.find(taskId);
  const project = task === null ? null : store.projects.find(task.projectId);
  try {
    return project === null ? [] : config.forProject(project.path).gates;
  } catch (error) {
    if (error instanceof ClaustreError && error.code === 'environment') return [];
    throw error;
  }
}
