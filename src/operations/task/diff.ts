import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from './find.ts';

export const diffTask = defineOperation({
  name: 'task.diff',
  summary: 'Show what a task changed since its base: committed, uncommitted and untracked.',
  command: { usage: 'diff <task>', json: true },
  input: z.object({ task: taskId }),
  async run({ store, git }, given) {
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const session = store.sessions.openOf(given.task);
    if (session === null || session.baseCommit === null) {
      return refuse(`#${given.task} has no worktree.`, `Launch it: claustre launch ${given.task}`);
    }
    return git.diff(session.worktree, session.baseCommit);
  },
});
