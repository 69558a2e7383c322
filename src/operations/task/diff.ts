import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from '#operations/worktree/find.ts';

export const diffTask = defineOperation({
  name: 'task.diff',
  summary: 'Show what a task changed since its base: committed, uncommitted and untracked.',
  command: { usage: 'diff <task>', json: true },
  input: z.object({ task: taskId }),
  async run(app, given) {
    const found = findWorktree(app, given.task);
    return isRefusal(found) ? found : app.git.diff(found.session.worktree, found.baseCommit);
  },
});
