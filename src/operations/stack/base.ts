import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { noteUsage } from '#operations/host/note.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';

const EVENT = 'pull_request.retarget';

/**
 * Gives the pull request of a task another base and reads that it has it; nothing is done where it has. Refuses what may go better later.
 * Whoever calls it again after a lost answer finds what became of it.
 */
export async function giveBase(
  app: App,
  pullRequest: PullRequest,
  base: string,
  source: EventSource,
): Promise<Refusal | null> {
  const { store, gh, clock } = app;
  const { id, host, nodeId, number, taskId } = pullRequest;
  if (pullRequest.state !== 'open' || pullRequest.base === base) return null;
  if (nodeId === null)
    return refuse(`Pull request #${number} was not read yet.`, 'Try again soon.');
  const written = await gh.retarget(host, nodeId, base);
  const read = await refreshPullRequests.run(app, { host, ids: [id] });
  noteUsage(app, host);
  if (store.pullRequests.find(id)?.base === base) {
    const data = { number, from: pullRequest.base, to: base };
    const projectId = store.tasks.find(taskId)?.projectId ?? null;
    const event = { kind: EVENT, at: clock.iso(), source, taskId, projectId, data };
    store.write(() => store.events.append(event));
    return null;
  }
  if (written.outcome !== 'done') return written.why;
  return isRefusal(read)
    ? read
    : (read.trouble ?? refuse(`GitHub does not show yet that #${number} goes to ${base}.`));
}

/** Whether claustre gave it this base once: a person who changed it since has meant that. */
export function gaveBase(
  { store }: Pick<App, 'store'>,
  { taskId, number }: Pick<PullRequest, 'taskId' | 'number'>,
  base: string,
): boolean {
  return store.events
    .ofTask(taskId, 500)
    .some(({ kind, data }) => kind === EVENT && data.number === number && data.to === base);
}
