import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { checkConflict } from '#operations/task/check-conflict.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';

/** Brings the work of a task with push mode `local` into its base branch, or says which files conflict. Returns the commit. */
export async function mergeLocalTask(
  app: App,
  { task, project, session }: { task: Task; project: Project; session: Session },
  method: MergeMethod,
): Promise<string | Refusal> {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return state;
  if (state.branch !== session.branch) {
    return refuse(
      `The worktree of #${task.id} is on ${state.branch ?? 'no branch'}, not on ${session.branch}.`,
      `Ask Claude to bring its work to ${session.branch}.`,
    );
  }
  if (state.changed + state.untracked > 0) {
    return refuse(
      `#${task.id} has uncommitted work, which a merge would leave behind.`,
      `Ask Claude to commit it: claustre send ${task.id} "Commit everything."`,
    );
  }
  const result = await app.git.mergeLocally({
    repository: project.path,
    base: session.base,
    branch: session.branch,
    message: method === 'squash' ? task.title : `Merge #${task.id}: ${task.title}`,
    method,
  });
  if (isRefusal(result)) return result;
  if (!result.merged) {
    await checkConflict(app, task, project, session);
    const files = result.conflicts.join(', ');
    return refuse(
      `#${task.id} conflicts with ${session.base} in ${files}.`,
      `Ask Claude to merge ${session.base} into its branch: claustre send ${task.id} "Merge ${session.base} and resolve the conflicts."`,
    );
  }
  const ended = await endAndApply(app, task, project, session, {
    reason: 'merge',
    event: 'merge',
  });
  if (isRefusal(ended)) return ended;
  await checkOthers(app, project, session.base);
  return result.commit;
}

/** The base has moved: other local tasks in review may conflict with it now, or no longer. */
async function checkOthers(app: App, project: Project, base: string): Promise<void> {
  for (const task of app.store.tasks.ofProject(project.id, null)) {
    if (task.push !== 'local' || !isReviewed(task.status)) continue;
    const session = app.store.sessions.openOf(task.id);
    if (session?.base === base) await checkConflict(app, task, project, session);
  }
}
