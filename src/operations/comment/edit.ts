import { z } from 'zod';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type Comment, formatPlace, whyNotComment } from '#domain/review/comment.ts';
import { defineOperation } from '#operations/operation.ts';
import { commentId, findDraft } from './find.ts';

export const editComment = defineOperation({
  name: 'comment.edit',
  summary: 'Change the words of a comment that was not sent yet.',
  command: { usage: 'edit-comment <comment> <text>', json: true, texts: ['text'] },
  input: z.object({ comment: commentId, text: z.string() }),
  describe: (comment: Comment) => `Changed draft ${comment.id} on ${formatPlace(comment)}.`,
  async run({ store, clock }, given): Promise<Comment | Refusal> {
    const wrong = whyNotComment(given.text);
    if (wrong !== undefined) return wrong;
    return store.write(() => {
      const found = findDraft(store, given.comment);
      if (isRefusal(found)) return found;
      const text = given.text.trim();
      if (text === found.text) return found;
      const at = clock.iso();
      const event = { kind: 'comment.edit', source: 'person' as const, at, taskId: found.taskId };
      store.comments.setText(found.id, text, at, event);
      return { ...found, text, writtenAt: at };
    });
  },
});
