import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { readPlace } from '#domain/review/comment.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from './find.ts';
import { runTool } from './tool.ts';

interface Edited {
  task: number;
  worktree: string;
}

/** Opens the person's editor in the worktree of a task, at a file and line if they are named. */
export const editWorktree = defineOperation({
  name: 'worktree.edit',
  summary: 'Open your editor in the worktree of a task; a place is FILE or FILE:LINE.',
  command: { usage: 'editor <task> [place]' },
  input: z.object({ task: taskId, place: z.string().min(1).optional() }),
  describe: ({ worktree }: Edited) => `Opened ${worktree} in your editor.`,
  async run(app, { task, place }): Promise<Edited | Refusal> {
    const found = findWorktree(app, task);
    if (isRefusal(found)) return found;
    const { worktree } = found.session;
    const opened = { worktree, ...placeIn(worktree, place) };
    const wrong = await runTool(app, 'editor', opened);
    return wrong ?? { task, worktree };
  },
});

/** A range counts with its first line. A name that ends like a line is taken for one: no editor could be told otherwise. */
function placeIn(
  worktree: string,
  place: string | undefined,
): { file: string | null; line: number | null } {
  if (place === undefined) return { file: null, line: null };
  const named = readPlace(place, 'new');
  const { file, fromLine: line } = isRefusal(named) ? { file: place, fromLine: null } : named;
  // An absolute path begins with no dash, so that it is no option of any program.
  return { file: file.startsWith('/') ? file : `${worktree}/${file}`, line };
}
