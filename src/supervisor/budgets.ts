import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { watchBudgets } from '#operations/budget/watch.ts';
import { sendMessage } from '#operations/notification/send.ts';
import { finishStops } from '#operations/session/stop.ts';
import type { Duty } from './duty.ts';

/** What attempts cost is looked at no more often than this, however much is committed. */
const LEAST_MS = 1_000;
/** Everything that costs is committed, which wakes the duty. */
const REST_MS = 60_000;

/** Keeps what runs within its budgets. It reads nothing unless something was committed, or a day began. */
export function budgetsDuty(app: App): Duty {
  let seen = '';
  let lookedAt = Number.NEGATIVE_INFINITY;
  let nextAt = 0;
  return {
    name: 'budgets',
    async run() {
      const now = app.clock.now();
      const version = `${app.store.dataVersion()}:${app.store.ownChanges()}`;
      if (version === seen && now < nextAt) return Math.min(REST_MS, nextAt - now);
      if (now - lookedAt < LEAST_MS && now >= lookedAt) return LEAST_MS - (now - lookedAt);
      lookedAt = now;
      await finishStops(app);
      const { messages, again } = await watchBudgets(app);
      const { enabled, events } = app.config.settings.notifications;
      for (const message of enabled && events.includes('budget') ? messages : []) {
        for (const { channel, result } of await sendMessage(app, message)) {
          if (isRefusal(result)) {
            app.log.error(`A notification was not told by "${channel}".`, result.reason);
          }
        }
      }
      seen = version;
      nextAt = app.clock.now() + (again ?? REST_MS);
      return Math.min(REST_MS, again ?? REST_MS);
    },
  };
}
