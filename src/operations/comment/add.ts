import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import {
  type Comment,
  type CommentPlace,
  formatPlace,
  linesAt,
  quoteOf,
  readPlace,
  whyNotComment,
} from '#domain/review/comment.ts';
import { readTaskDiff } from '#operations/diff/read.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

export const addComment = defineOperation({
  name: 'comment.add',
  summary: 'Keep a comment on lines of the diff of a task as a draft; send-comments sends it.',
  command: {
    usage: 'comment <task> <place> <text>',
    json: true,
    texts: ['text'],
    options: [{ flags: '--old', summary: 'the place counts in the file as it was before' }],
  },
  input: z.object({
    task: taskId,
    /** `src/a.ts:12` or `src/a.ts:12-14`. */
    place: z.string(),
    text: z.string(),
    old: z.boolean().default(false),
    /** The lines that are meant, from who sees them; read from the diff when absent. */
    quote: z.string().optional(),
  }),
  describe: (comment: Comment) =>
    `Draft ${comment.id} on ${formatPlace(comment)}; \`claustre send-comments ${comment.taskId}\` sends it.`,
  async run(app, { task, place, text, old, quote }): Promise<Comment | Refusal> {
    const at = readPlace(place, old ? 'old' : 'new');
    if (isRefusal(at)) return at;
    const wrong = whyNotComment(text);
    if (wrong !== undefined) return wrong;
    const quoted = quote ?? (await quoteFrom(app, task, at));
    if (isRefusal(quoted)) return quoted;
    const { store, clock } = app;
    return store.write(() => {
      const found = findTask(store, task);
      if (isRefusal(found)) return found;
      const writtenAt = clock.iso();
      return store.comments.add(
        { taskId: task, ...at, quote: quoted, text: text.trim(), writtenAt, sentAt: null },
        { kind: 'comment.add', source: 'person', at: writtenAt },
      );
    });
  },
});

async function quoteFrom(app: App, task: number, place: CommentPlace): Promise<string | Refusal> {
  const diff = await readTaskDiff(app, task);
  if (isRefusal(diff)) return diff;
  const file = diff.files.find(({ path }) => path === place.file);
  const lines = file === undefined ? [] : linesAt(file, place);
  if (lines.length > 0) return quoteOf(lines);
  return refuse(
    `"${formatPlace(place)}" is not in the diff of #${task}.`,
    `See what is: claustre diff ${task}`,
    'not_found',
  );
}
