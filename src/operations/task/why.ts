import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { why } from '#domain/why.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from './find.ts';

export const whyTask = defineOperation({
  name: 'task.why',
  summary: 'Say why a task stands where it stands.',
  command: { usage: 'why <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (said: { id: number; why: string }) => said.why,
  async run(app, given) {
    const { store } = app;
    await lookAtSessions(app, [given.task]);
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const activity = store.sessions.openOf(given.task)?.activity ?? null;
    const pullRequest = store.pullRequests.of(given.task);
    const openBefore = store.tasks.openBefore(given.task);
    return { id: given.task, why: why({ task: found.task, activity, pullRequest }, openBefore) };
  },
});
