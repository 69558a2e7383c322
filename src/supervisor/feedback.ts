import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { offlineWait } from '#domain/pull-request/poll.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { readFeedback, withUnreadFeedback } from '#operations/pull-request/read-feedback.ts';
import type { Duty } from './duty.ts';

/** A new mark is committed, which wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;
/** A host in trouble is looked at again after this. */
const TROUBLED_MS = 1_000;

/** Readings in a row that failed, and when the last was made. */
type Tries = Map<number, { failures: number; at: number }>;

/** Reads what reviewers said, of pull requests on which the poll saw that somebody said something; hosts beside each other. */
export function feedbackDuty(app: App): Duty {
  const tries: Tries = new Map();
  return {
    name: 'feedback',
    async run() {
      const unread = withUnreadFeedback(app);
      for (const id of tries.keys()) {
        if (!unread.some((each) => each.id === id)) tries.delete(id);
      }
      const hosts = [...Map.groupBy(unread, ({ host }) => host).values()];
      const next = await Promise.all(hosts.map((due) => readAll(app, due, tries)));
      return Math.max(250, Math.min(REST_MS, ...next));
    },
  };
}

/** Reads those of one host that are due; returns the milliseconds until the next one is. */
async function readAll(app: App, unread: readonly PullRequest[], tries: Tries): Promise<number> {
  const { clock, store, log } = app;
  let next = REST_MS;
  for (const { id, host } of unread) {
    const before = tries.get(id);
    const wait = before === undefined ? 0 : before.at + offlineWait(before.failures) - clock.now();
    // A host in trouble is left alone; the poll finds out when it is well again.
    const troubled = (store.hosts.find(host)?.trouble ?? null) !== null;
    if (wait > 0 || troubled) {
      next = Math.min(next, Math.max(wait, TROUBLED_MS));
      continue;
    }
    const read = await readFeedback.run(app, { id });
    if (!isRefusal(read)) continue;
    log.info('What reviewers said could not be read.', { id, reason: read.reason });
    const failures = (before?.failures ?? 0) + 1;
    tries.set(id, { failures, at: clock.now() });
    next = Math.min(next, offlineWait(failures));
  }
  return next;
}
