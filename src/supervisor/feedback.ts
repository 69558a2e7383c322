import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { readFeedback, withUnreadFeedback } from '#operations/pull-request/read-feedback.ts';
import type { Duty } from './duty.ts';

/** A new mark is committed, which wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;
/** What could not be read is asked for again after this. */
const AGAIN_MS = 60_000;

/** Reads what reviewers said, of pull requests on which the poll saw that somebody said something. */
export function feedbackDuty(app: App): Duty {
  const failedAt = new Map<number, number>();
  return {
    name: 'feedback',
    async run() {
      const { clock, store, log } = app;
      const unread = withUnreadFeedback(app);
      for (const id of failedAt.keys()) {
        if (!unread.some((each) => each.id === id)) failedAt.delete(id);
      }
      let next = clock.now() + REST_MS;
      for (const { id, host } of unread) {
        const retryAt = (failedAt.get(id) ?? Number.NEGATIVE_INFINITY) + AGAIN_MS;
        // A host in trouble is left alone; the poll finds out when it is well again.
        const waits = retryAt > clock.now() || (store.hosts.find(host)?.trouble ?? null) !== null;
        if (waits) {
          next = Math.min(next, Math.max(retryAt, clock.now() + 1_000));
          continue;
        }
        const read = await readFeedback.run(app, { id });
        if (!isRefusal(read)) continue;
        log.info('What reviewers said could not be read.', { id, reason: read.reason });
        failedAt.set(id, clock.now());
        next = Math.min(next, clock.now() + AGAIN_MS);
      }
      return Math.max(250, next - clock.now());
    },
  };
}
