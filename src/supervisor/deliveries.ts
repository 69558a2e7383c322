import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { offlineWait } from '#domain/pull-request/poll.ts';
import { endMerged, type LookedAt } from '#operations/pull-request/after-merge.ts';
import { deliverTurn, undelivered } from '#operations/session/deliver.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { takeParked } from '#operations/session/take-parked.ts';
import { findTask } from '#operations/task/find.ts';
import type { Duty } from './duty.ts';

const REST_MS = 30_000;

/** After each turn: is the work where its push mode wants it? And what a crash left half ended is finished. */
export function deliveriesDuty(app: App): Duty {
  const looked: LookedAt = new Map();
  const troubles = new Map<string, string>();
  /** What could not be found out: how often, and when it is asked again. */
  const later = new Map<string, { failures: number; at: number }>();
  return {
    name: 'deliveries',
    async run() {
      takeParked(app);
      await endMerged(app, looked);
      await finishClosing(app);
      const open = undelivered(app);
      for (const id of later.keys()) if (!open.some((each) => each.id === id)) later.delete(id);
      for (const session of open) {
        const found = findTask(app.store, session.taskId);
        if (isRefusal(found) || found.task.push === 'pr') continue;
        const { failures, at } = later.get(session.id) ?? { failures: 0, at: 0 };
        if (at > app.clock.now()) continue;
        later.set(session.id, { failures: failures + 1, at: again(app, failures + 1) });
        try {
          const unknown = await deliverTurn(app, found.task, found.project, session);
          if (unknown === null) later.delete(session.id);
          troubles.delete(session.id);
        } catch (error) {
          // Every commit wakes this duty: the same trouble is told once.
          const trouble = String(error);
          if (troubles.get(session.id) === trouble) continue;
          troubles.set(session.id, trouble);
          app.log.error(`The delivery of #${session.taskId} could not be looked up.`, error);
        }
      }
      const next = Math.min(...[...later.values()].map(({ at }) => at - app.clock.now()));
      return Math.max(0, Math.min(REST_MS, next));
    },
  };
}

function again({ clock }: App, failures: number): number {
  return clock.now() + offlineWait(failures);
}
