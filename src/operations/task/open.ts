import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { findCheck } from '#operations/check/find.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from './find.ts';

export const openTask = defineOperation({
  name: 'task.open',
  summary: 'Open the pull request of a task in the browser, or one of its checks.',
  command: {
    usage: 'open <task>',
    json: true,
    options: [
      {
        flags: '--check [name]',
        summary: 'a check instead: the one of this name, or a failed one',
      },
    ],
  },
  input: z.object({
    task: taskId,
    check: z.union([z.literal(true), z.string()]).optional(),
    /** Where there is no such check the pull request is opened. */
    elsePullRequest: z.boolean().default(false),
  }),
  describe: (opened: { url: string }) => `Opened ${opened.url}`,
  async run({ store, desktop }, given) {
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const pullRequest = store.pullRequests.of(given.task);
    if (pullRequest === null) return refuse(`#${given.task} has no pull request yet.`);
    const wanted =
      given.check === undefined ? pullRequest.url : addressOf(pullRequest, given.check);
    const url = isRefusal(wanted) && given.elsePullRequest ? pullRequest.url : wanted;
    if (isRefusal(url)) return url;
    const wrong = await desktop.open(url);
    return wrong ?? { url };
  },
});

/** Where a person can read about a check; one that does not say where is read on the pull request's own page. */
function addressOf(pullRequest: PullRequest, name: string | true): string | Refusal {
  const check = findCheck(pullRequest, name === true ? null : name);
  return isRefusal(check) ? check : (check.url ?? `${pullRequest.url}/checks`);
}
