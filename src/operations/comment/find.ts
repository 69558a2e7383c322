import { z } from 'zod';
import type { Store } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Comment } from '#domain/review/comment.ts';

export const commentId = z.coerce.number().int().positive();

/** The comment with this id while it is a draft: what Claude was told is not changed afterwards. */
export function findDraft(store: Pick<Store, 'comments'>, id: number): Comment | Refusal {
  const comment = store.comments.find(id);
  if (comment === null) {
    return refuse(
      `There is no comment ${id}.`,
      'See those of a task: claustre comments TASK',
      'not_found',
    );
  }
  if (comment.sentAt === null) return comment;
  return refuse(`Comment ${id} was sent to Claude already.`, 'Write another one.');
}
