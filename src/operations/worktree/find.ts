import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { findTask } from '#operations/task/find.ts';

/** The open session of a task whose worktree stands, and the commit that its work is measured against; refuses when there is none. */
export function findWorktree(
  { store }: Pick<App, 'store'>,
  id: number,
): { task: Task; project: Project; session: Session; baseCommit: string } | Refusal {
  const found = findTask(store, id);
  if (isRefusal(found)) return found;
  const session = store.sessions.openOf(id);
  if (session === null || session.baseCommit === null) {
    return refuse(`#${id} has no worktree.`, `Launch it: claustre launch ${id}`);
  }
  return { ...found, session, baseCommit: session.baseCommit };
}
