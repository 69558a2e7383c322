import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { offlineWait } from '#domain/pull-request/poll.ts';
import { readFeedback, withUnreadFeedback } from '#operations/pull-request/read-feedback.ts';
import type { Duty } from './duty.ts';

/** A new mark is committed, which wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;
/** What could not be read is asked for again after this, and later after more. */
const AGAIN_MS = 60_000;

/** Reads what reviewers said, of pull requests on which the poll saw that somebody said something. */
export function feedbackDuty(app: App): Duty {
  /** Tries that failed, by pull request: how many in a row, and when it is tried again. */
  const failed = new Map<number, { times: number; retryAt: number }>();
  return {
    name: 'feedback',
    async run() {
      const { clock, store, log } = app;
      const unread = withUnreadFeedback(app);
      for (const id of failed.keys()) {
        if (!unread.some((each) => each.id === id)) failed.delete(id);
      }
      let next = clock.now() + REST_MS;
      for (const { id, host } of unread) {
        const { times, retryAt } = failed.get(id) ?? { times: 0, retryAt: 0 };
        // A host in trouble is left alone; the poll finds out when it is well again.
        const waits = retryAt > clock.now() || (store.hosts.find(host)?.trouble ?? null) !== null;
        if (waits) {
          next = Math.min(next, Math.max(retryAt, clock.now() + 1_000));
          continue;
        }
        const read = await readFeedback.run(app, { id });
        if (!isRefusal(read)) continue;
        log.info('What reviewers said could not be read.', { id, reason: read.reason });
        const wait = Math.max(AGAIN_MS, offlineWait(times + 1));
        failed.set(id, { times: times + 1, retryAt: clock.now() + wait });
        next = Math.min(next, clock.now() + wait);
      }
      return Math.max(250, next - clock.now());
    },
  };
}
