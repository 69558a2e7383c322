import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';

/**
 * The session as it is after its branch was renamed in its worktree: everything that is later asked of the branch, pushed or removed is about the
 * new name. A worktree that merely stands on another branch has not renamed its own, and a branch with a pull request keeps the name that the
 * pull request knows.
 */
export async function followBranch(
  { git, store, clock }: Pick<App, 'git' | 'store' | 'clock'>,
  project: Project,
  session: Session,
  branch: string | null,
): Promise<Session> {
  const { id, taskId, branch: from } = session;
  if (branch === null || branch === from) return session;
  if (store.pullRequests.of(taskId)?.head === from) return session;
  const known = await git.findBranches(project.path, null, [from, branch]);
  if (isRefusal(known) || known.get(from)?.local !== false) return session;
  // A branch that is there and not checked out in this worktree is somebody else's.
  if (known.get(branch)?.checkedOut !== session.worktree) return session;
  return store.write(() => {
    const now = store.sessions.find(id);
    if (now?.state !== 'open' || now.branch !== from) return now ?? session;
    const event = { kind: 'session.branch', source: 'supervisor' as const, at: clock.iso() };
    store.sessions.update(id, { branch }, { ...event, taskId, data: { from, to: branch } });
    return { ...now, branch };
  });
}
