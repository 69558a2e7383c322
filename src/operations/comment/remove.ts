import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type Comment, formatPlace } from '#domain/review/comment.ts';
import { defineOperation } from '#operations/operation.ts';
import { commentId, findDraft } from './find.ts';

export const removeComment = defineOperation({
  name: 'comment.remove',
  summary: 'Delete a comment that was not sent yet.',
  command: { usage: 'remove-comment <comment>', json: true },
  input: z.object({ comment: commentId }),
  // The words stand in the answer: whoever deleted the wrong one still has them.
  describe: (comment: Comment) =>
    `Deleted draft ${comment.id} on ${formatPlace(comment)}: ${comment.text}`,
  async run({ store, clock }, given): Promise<Comment | Refusal> {
    return store.write(() => {
      const found = findDraft(store, given.comment);
      if (isRefusal(found)) return found;
      const { id, taskId, text } = found;
      const event = { source: 'person' as const, at: clock.iso(), taskId };
      store.comments.remove(id, { ...event, kind: 'comment.remove', data: { text } });
      return found;
    });
  },
});
