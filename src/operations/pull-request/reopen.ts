import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';
import { refreshPullRequests } from './refresh.ts';

interface Reopened {
  id: number;
  number: number;
  url: string;
}

/** A closed pull request is no finished task: somebody decides. This is the way on; `done` is the way out. */
export const reopenPullRequest = defineOperation({
  name: 'pull-request.reopen',
  summary: 'Open the closed pull request of a task again.',
  command: { usage: 'reopen <task>', json: true },
  input: z.object({ task: taskId }),
  describe: ({ id, number }: Reopened) => `Pull request #${number} of #${id} is open again.`,
  async run(app, given): Promise<Reopened | Refusal> {
    const found = findTask(app.store, given.task);
    if (isRefusal(found)) return found;
    const { id } = found.task;
    const known = app.store.pullRequests.of(id);
    if (known === null) return refuse(`#${id} has no pull request.`);
    const { number, url, host } = known;
    const before = await readNow(app, host, known.id);
    if (isRefusal(before)) return before;
    if (before.state === 'open') return { id, number, url };
    if (before.state === 'merged') {
      return refuse(`Pull request #${number} is merged; only a closed one can be opened again.`);
    }
    const written = await app.gh.reopen(host, before.nodeId);
    const after = await readNow(app, host, known.id);
    if (!isRefusal(after) && after.state === 'open') return { id, number, url };
    if (written.outcome !== 'done') {
      return refuse(
        `Pull request #${number} was not opened again. ${written.why.reason}`,
        'GitHub refuses it when the branch or its base is gone, or the branch was rewritten: let Claude push it and open a new one.',
      );
    }
    return isRefusal(after)
      ? after
      : refuse(
          `GitHub does not show pull request #${number} as open yet.`,
          'Look again in a minute.',
        );
  },
});

async function readNow(app: App, host: string, id: number): Promise<PullRequestReading | Refusal> {
  const refreshed = await refreshPullRequests.run(app, { host, ids: [id] });
  if (isRefusal(refreshed)) return refreshed;
  const reason = refreshed.failed.get(id);
  if (reason !== undefined) return refuse(reason, undefined, 'environment');
  return refreshed.trouble ?? refreshed.read.get(id) ?? refuse('It could not be read.');
}
