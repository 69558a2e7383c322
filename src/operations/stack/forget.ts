import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';

/** Lets go of where the branches of a task were before they were moved: it has ended. What fails is logged, since the end itself counts more. */
export async function forgetMoves(
  { store, git, log }: Pick<App, 'store' | 'git' | 'log'>,
  task: Pick<Task, 'id'>,
  { path }: Pick<Project, 'path'>,
): Promise<void> {
  const what = 'Refs of moved branches could not be removed.';
  try {
    const forgotten = await git.forgetMoves(path, store.sessions.idsOf(task.id));
    if (isRefusal(forgotten)) log.info(what, { task: task.id, reason: forgotten.reason });
  } catch (error) {
    log.error(what, error);
  }
}
