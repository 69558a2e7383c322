import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';
import { readTaskDiff } from './read.ts';

interface Viewed {
  task: number;
  file: string;
  viewed: boolean;
}

/** Marks a file of a task's diff as looked at. The mark holds until the file's part of the diff changes. */
export const viewFile = defineOperation({
  name: 'diff.view',
  summary: 'Mark a file of the diff of a task as viewed, until it changes.',
  command: {
    usage: 'viewed <task> <file>',
    json: true,
    options: [{ flags: '--undo', summary: 'take the mark away' }],
  },
  input: z.object({
    task: taskId,
    file: z.string().min(1),
    undo: z.boolean().default(false),
    /** The hash of what was seen, from who has read the diff already. */
    hash: z.string().optional(),
  }),
  describe: ({ file, viewed }: Viewed) =>
    viewed ? `"${file}" is viewed.` : `"${file}" is to be viewed.`,
  async run(app, { task, file, undo, hash }): Promise<Viewed | Refusal> {
    const { store, clock } = app;
    const seen = undo ? '' : (hash ?? (await hashOf(app, task, file)));
    if (isRefusal(seen)) return seen;
    return store.write(() => {
      const found = findTask(store, task);
      if (isRefusal(found)) return found;
      const marked = store.viewedFiles.ofTask(task)[file];
      const at = clock.iso();
      const event = { source: 'person' as const, at, taskId: task };
      if (undo && marked !== undefined) {
        store.viewedFiles.unmark(task, file, { ...event, kind: 'file.unview' });
      } else if (!undo && marked !== seen) {
        store.viewedFiles.mark(
          { taskId: task, file, hash: seen, at },
          { ...event, kind: 'file.view' },
        );
      }
      return { task, file, viewed: !undo };
    });
  },
});

async function hashOf(
  app: Parameters<typeof readTaskDiff>[0],
  task: number,
  file: string,
): Promise<string | Refusal> {
  const diff = await readTaskDiff(app, task);
  if (isRefusal(diff)) return diff;
  const found = diff.files.find(({ path }) => path === file);
  if (found !== undefined) return found.hash;
  return refuse(
    `"${file}" is not in the diff of #${task}.`,
    `See what is: claustre diff ${task}`,
    'not_found',
  );
}
