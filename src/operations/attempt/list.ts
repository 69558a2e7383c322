import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { Attempt } from '#domain/usage.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

/** An attempt as people and scripts see it. Times are ISO, null is unknown. */
export type AttemptView = Omit<
  Attempt,
  'taskId' | 'sessionId' | 'claudeSessionId' | 'costSeenUsd'
> & {
  /** Its place among the attempts of the task, from 1. */
  nth: number;
  session: string;
};

/** Every run of an agent for a task, what it was for, what it used, and how it ended. */
export const listAttempts = defineOperation({
  name: 'attempt.list',
  summary: 'Show the attempts of a task: what each was for, what it used and how it ended.',
  command: { usage: 'attempts <task>', json: true },
  input: z.object({ task: taskId }),
  async run({ store }, given) {
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    return store.attempts.ofTask(given.task).map((attempt, index): AttemptView => {
      const { taskId: _task, sessionId, claudeSessionId: _, costSeenUsd: __, ...shown } = attempt;
      const model = shown.model ?? store.sessions.find(sessionId)?.model ?? null;
      return { nth: index + 1, ...shown, model, session: sessionId };
    });
  },
});
