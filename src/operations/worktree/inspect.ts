import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from './find.ts';
import { runTool } from './tool.ts';

interface Inspected {
  task: number;
  worktree: string;
}

/** Opens the person's tool for git in the worktree of a task. */
export const inspectWorktree = defineOperation({
  name: 'worktree.inspect',
  summary: 'Open your tool for git (lazygit, if nothing else is set) in the worktree of a task.',
  command: { usage: 'git <task>' },
  input: z.object({ task: taskId }),
  describe: ({ worktree }: Inspected) => `Opened ${worktree} in your tool for git.`,
  async run(app, { task }): Promise<Inspected | Refusal> {
    const found = findWorktree(app, task);
    if (isRefusal(found)) return found;
    const { worktree } = found.session;
    const opened = { worktree, file: null, line: null };
    const wrong = await runTool(app, 'git', opened);
    return wrong ?? { task, worktree };
  },
});
