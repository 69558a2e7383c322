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
import { createLanes, PATIENCE_MS } from './lanes.ts';

const REST_MS = 30_000;

/** What is remembered between two looks. It may be forgotten. */
interface Memory {
  looked: LookedAt;
  /** What was told already: every commit wakes this duty. */
  troubles: Map<string, string>;
  /** What could not be found out: how often, when it is asked again, and the round that was open then: its end may be what was waited for. */
  later: Map<string, { failures: number; at: number; round: number | null }>;
}

/**
 * After each turn: is the work where its push mode wants it, and does it pass? And what a crash left half ended is finished. Each is looked
 * after beside the others, since a remote may be silent, and gates may take minutes.
 */
export function deliveriesDuty(app: App, lanes = createLanes()): Duty {
  const memory: Memory = { looked: new Map(), troubles: new Map(), later: new Map() };
  const { later } = memory;
  return {
    name: 'deliveries',
    async run() {
      takeParked(app);
      const { sessions, tasks } = app.store;
      const projects = new Set(
        sessions.open().flatMap(({ taskId }) => tasks.find(taskId)?.projectId ?? []),
      );
      const merged = [...projects].map(
        (id) => [`project ${id}`, () => endMerged(app, id, memory.looked)] as const,
      );
      const turns = undelivered(app).map(
        (session) => [session.id, () => deliver(app, session, memory)] as const,
      );
      const left = await lanes.run(new Map([...merged, ...turns]));
      await finishClosing(app);
      const open = undelivered(app);
      for (const id of later.keys()) if (!open.some((each) => each.id === id)) later.delete(id);
      if (left) return PATIENCE_MS;
      const next = Math.min(...[...later.values()].map(({ at }) => at - app.clock.now()));
      return Math.max(0, Math.min(REST_MS, next));
    },
  };
}

async function deliver(app: App, session: Session, { later, troubles }: Memory): Promise<void> {
  const found = findTask(app.store, session.taskId);
  if (isRefusal(found)) return;
  const round = app.store.rounds.openOf(session.taskId)?.id ?? null;
  const known = later.get(session.id);
  const { failures, at } = known?.round === round ? known : { failures: 0, at: 0 };
  if (at > app.clock.now()) return;
  later.set(session.id, { failures: failures + 1, at: again(app, failures + 1), round });
  try {
    const unknown = await deliverTurn(app, found.task, found.project, session);
    if (unknown === null) later.delete(session.id);
    troubles.delete(session.id);
  } catch (error) {
    const trouble = String(error);
    if (troubles.get(session.id) === trouble) return;
    troubles.set(session.id, trouble);
    app.log.error(`The delivery of #${session.taskId} could not be looked up.`, error);
  }
}

function again({ clock }: App, failures: number): number {
  return clock.now() + offlineWait(failures);
}
