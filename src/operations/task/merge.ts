import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { checkConflict } from './check-conflict.ts';
import { endAndApply } from './end-and-apply.ts';
import { findTask } from './find.ts';

interface Merged {
  id: number;
  title: string;
  branch: string;
  base: string;
  commit: string;
}

const input = z.object({ task: taskId });

/** Brings the work of a task with push mode `local` into its base branch, or says which files conflict. */
export const mergeTask = defineOperation({
  name: 'task.merge',
  summary: 'Merge the branch of a local task into its base.',
  command: {
    usage: 'merge <task>',
    json: true,
    confirm: async ({ store }, { task }: z.infer<typeof input>) => {
      const found = findMergeable(store, task);
      if (isRefusal(found)) return found;
      return `Merge ${found.session.branch} into ${found.session.base} of "${found.project.name}"? Its session ends; what is not committed is saved.`;
    },
  },
  input,
  describe: (merged: Merged) =>
    `Merged #${merged.id} "${merged.title}" into ${merged.base} as ${merged.commit.slice(0, 10)}.`,
  async run(app, given): Promise<Merged | Refusal> {
    const found = findMergeable(app.store, given.task);
    if (isRefusal(found)) return found;
    const { task, project, session } = found;
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
      message: `Merge #${task.id}: ${task.title}`,
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
    const { branch, base } = session;
    return { id: task.id, title: task.title, branch, base, commit: result.commit };
  },
});

function findMergeable(
  store: App['store'],
  id: number,
): { task: Task; project: Project; session: Session } | Refusal {
  const found = findTask(store, id);
  if (isRefusal(found)) return found;
  const { task } = found;
  if (task.push !== 'local') {
    return refuse(
      `#${id} delivers through its remote; claustre merges only local tasks so far.`,
      store.pullRequests.of(id) === null
        ? 'Merge it where the remote lives.'
        : `Open its pull request: claustre open ${id}`,
    );
  }
  const session = store.sessions.openOf(id);
  if (session === null || !isReviewed(task.status)) {
    return refuse(`#${id} is ${task.status}; only what is in review can be merged.`);
  }
  return { ...found, session };
}

/** The base has moved: other local tasks in review may conflict with it now, or no longer. */
async function checkOthers(app: App, project: Project, base: string): Promise<void> {
  for (const task of app.store.tasks.ofProject(project.id, null)) {
    if (task.push !== 'local' || !isReviewed(task.status)) continue;
    const session = app.store.sessions.openOf(task.id);
    if (session?.base === base) await checkConflict(app, task, project, session);
  }
}
