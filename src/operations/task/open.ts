import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from './find.ts';

export const openTask = defineOperation({
  name: 'task.open',
  summary: 'Open the pull request of a task in the browser.',
  command: { usage: 'open <task>', json: true },
  input: z.object({ task: taskId }),
  describe: (opened: { url: string }) => `Opened ${opened.url}`,
  async run({ store, desktop }, given) {
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const pullRequest = store.pullRequests.of(given.task);
    if (pullRequest === null) return refuse(`#${given.task} has no pull request yet.`);
    const wrong = await desktop.open(pullRequest.url);
    return wrong ?? { url: pullRequest.url };
  },
});
