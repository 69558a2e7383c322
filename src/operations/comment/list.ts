import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { type Comment, formatPlace } from '#domain/review/comment.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

export const listComments = defineOperation({
  name: 'comment.list',
  summary: 'Show the comments on the diff of a task: drafts, and those that were sent.',
  command: { usage: 'comments <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (comments: Comment[]) =>
    comments.length === 0 ? 'No comments.' : comments.map(describeOne).join('\n'),
  async run({ store }, given) {
    const found = findTask(store, given.task);
    return isRefusal(found) ? found : store.comments.ofTask(given.task);
  },
});

function describeOne(comment: Comment): string {
  const words = comment.text
    .split('\n')
    .map((line) => `   ${line}`)
    .join('\n');
  const state = comment.sentAt === null ? 'draft' : 'sent';
  return `${comment.id} ${state} ${formatPlace(comment)}\n${words}`;
}
