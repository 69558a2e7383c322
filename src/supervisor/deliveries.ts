import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { deliverTurn, undelivered } from '#operations/session/deliver.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { takeParked } from '#operations/session/take-parked.ts';
import { findTask } from '#operations/task/find.ts';
import type { Duty } from './duty.ts';

/** What could not be found out is asked again after this. */
const AGAIN_MS = 10_000;
const REST_MS = 30_000;

/** After each turn: is the work where its push mode wants it? And what a crash left half ended is finished. */
export function deliveriesDuty(app: App): Duty {
  const troubles = new Map<string, string>();
  return {
    name: 'deliveries',
    async run() {
      takeParked(app);
      await finishClosing(app);
      let open = 0;
      for (const session of undelivered(app)) {
        const found = findTask(app.store, session.taskId);
        if (isRefusal(found) || found.task.push === 'pr') continue;
        open += 1;
        try {
          await deliverTurn(app, found.task, found.project, session);
          troubles.delete(session.id);
        } catch (error) {
          // Every commit wakes this duty: the same trouble is told once.
          const trouble = String(error);
          if (troubles.get(session.id) === trouble) continue;
          troubles.set(session.id, trouble);
          app.log.error(`The delivery of #${session.taskId} could not be looked up.`, error);
        }
      }
      return open === 0 ? REST_MS : AGAIN_MS;
    },
  };
}
