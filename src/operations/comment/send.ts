import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { pastable } from '#domain/prompt.ts';
import type { Comment } from '#domain/review/comment.ts';
import { reviewMessage } from '#domain/review/message.ts';
import { isReported } from '#operations/attempt/reported.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { sendToSession } from '#operations/session/send.ts';
import { findTask } from '#operations/task/find.ts';

interface Sent {
  task: number;
  comments: number[];
}

/** Sends all drafts of a task to its Claude as one prompt. They stay drafts unless Claude took it. */
export const sendComments = defineOperation({
  name: 'comment.send',
  summary: 'Send the draft comments of a task to its Claude, as one prompt.',
  command: { usage: 'send-comments <task>', json: true },
  input: z.object({ task: taskId }),
  describe: ({ task, comments }: Sent) =>
    `Claude took ${comments.length === 1 ? 'one comment' : `${comments.length} comments`} (#${task}).`,
  async run(app, given): Promise<Sent | Refusal> {
    const { store } = app;
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const drafts = store.comments.draftsOf(given.task);
    if (drafts.length === 0) {
      return refuse(
        `#${given.task} has no draft comments.`,
        `Write one: claustre comment ${given.task} FILE:LINE TEXT`,
      );
    }
    const text = reviewMessage(drafts);
    if (!isTaken(app, given.task, drafts, text)) {
      const sent = await sendToSession.run(app, { task: given.task, text });
      if (isRefusal(sent)) return sent;
    }
    return markSent(app, given.task, drafts);
  },
});

/** Whether Claude has these very comments already: its report came after nobody waited for it any more, or claustre ended before it noted it. */
function isTaken(app: App, task: number, drafts: readonly Comment[], text: string): boolean {
  const session = app.store.sessions.openOf(task);
  if (session === null) return false;
  const newest = Math.max(...drafts.map(({ writtenAt }) => Date.parse(writtenAt)));
  return isReported(app, { task, session: session.id }, newest, pastable(text));
}

function markSent(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  task: number,
  drafts: readonly Comment[],
): Sent {
  const at = clock.iso();
  return store.write(() => {
    // A draft that was changed or deleted meanwhile: Claude has the words that it had before.
    const ids = drafts
      .filter(({ id, text }) => store.comments.find(id)?.text === text)
      .map(({ id }) => id);
    store.comments.markSent(ids, at, { kind: 'comment.send', source: 'person', at, taskId: task });
    return { task, comments: ids };
  });
}
