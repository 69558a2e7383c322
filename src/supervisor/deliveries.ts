import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { offlineWait } from '#domain/pull-request/poll.ts';
import type { Session } from '#domain/session.ts';
import { deliverTurn, undelivered } from '#operations/delivery/deliver.ts';
import { endMerged, type LookedAt } from '#operations/pull-request/after-merge.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { takeParked } from '#operations/session/take-parked.ts';
import { findTask } from '#operations/task/find.ts';
import type { Duty } from './duty.ts';

const REST_MS = 30_000;
/** Gates may take minutes: what takes longer than this goes on beside the next look. */
const PATIENCE_MS = 1_000;

/** After each turn: is the work where its push mode wants it, and does it pass? And what a crash left half ended is finished. */
export function deliveriesDuty(app: App): Duty {
  const looked: LookedAt = new Map();
  const troubles = new Map<string, string>();
  /** What could not be found out: how often, and when it is asked again. */
  const later = new Map<string, { failures: number; at: number }>();
  /** What is being judged. */
  const running = new Map<string, Promise<void>>();
  const judge = async (session: Session): Promise<void> => {
    const found = findTask(app.store, session.taskId);
    if (isRefusal(found)) return;
    const { failures } = later.get(session.id) ?? { failures: 0 };
    later.set(session.id, { failures: failures + 1, at: again(app, failures + 1) });
    try {
      const unknown = await deliverTurn(app, found.task, found.project, session);
      if (unknown === null) later.delete(session.id);
      troubles.delete(session.id);
    } catch (error) {
      // Every commit wakes this duty: the same trouble is told once.
      const trouble = String(error);
      if (troubles.get(session.id) === trouble) return;
      troubles.set(session.id, trouble);
      app.log.error(`The delivery of #${session.taskId} could not be looked up.`, error);
    }
  };
  return {
    name: 'deliveries',
    async run() {
      takeParked(app);
      await endMerged(app, looked);
      await finishClosing(app);
      const open = undelivered(app);
      for (const id of later.keys()) if (!open.some((each) => each.id === id)) later.delete(id);
      for (const session of open) {
        if (running.has(session.id)) continue;
        if ((later.get(session.id)?.at ?? 0) > app.clock.now()) continue;
        const judged = judge(session).finally(() => running.delete(session.id));
        running.set(session.id, judged);
      }
      await soonOrLater([...running.values()]);
      const next = Math.min(...[...later.values()].map(({ at }) => at - app.clock.now()));
      return Math.max(running.size > 0 ? PATIENCE_MS : 0, Math.min(REST_MS, next));
    },
  };
}

function again({ clock }: App, failures: number): number {
  return clock.now() + offlineWait(failures);
}

/** Waits for all of them, but not long. */
async function soonOrLater(running: readonly Promise<void>[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, PATIENCE_MS);
  });
  await Promise.race([Promise.all(running), late]);
  clearTimeout(timer);
}
