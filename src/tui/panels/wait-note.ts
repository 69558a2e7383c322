import type { Snapshot, TaskRow } from '#app.ts';
import { accountWait, lastStartOf } from '#domain/queue/account.ts';
import { findBlames } from '#domain/queue/after.ts';
import { type Decision, decide } from '#domain/queue/decide.ts';
import type { QueueFacts, QueueProject } from '#domain/queue/facts.ts';
import { memoryWait } from '#domain/queue/memory.ts';
import { isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { localOffsetAt } from '#domain/queue/wall-clock.ts';

export type QueueSnapshot = Pick<
  Snapshot,
  | 'tasks'
  | 'projects'
  | 'sessions'
  | 'pullRequests'
  | 'queue'
  | 'queueSettings'
  | 'delays'
  | 'limits'
  | 'budgetWaits'
  | 'shortMemory'
>;

const MINUTE_MS = 60_000;

const decisions = new WeakMap<object, { minute: number; decision: Decision }>();

/** What the queue would do with a snapshot at this time; decided once for each snapshot, and again when a minute has passed. */
export function decisionIn(snapshot: QueueSnapshot, now: number): Decision {
  const minute = Math.floor(now / MINUTE_MS);
  const known = decisions.get(snapshot);
  if (known?.minute === minute) return known.decision;
  const decision = decide(factsIn(snapshot, now));
  decisions.set(snapshot, { minute, decision });
  return decision;
}

/** Why a task does not start by itself, or go on; null for one that starts now, and for one that is no matter of the queue. */
export function waitIn(task: TaskRow, snapshot: QueueSnapshot, now: number): Wait | null {
  if (task.status !== 'pending' && task.status !== 'interrupted') return null;
  return decisionIn(snapshot, now).waits.get(task.id) ?? null;
}

/** The account's part of the settings is the same for all projects. */
function accountIn({ limits, queueSettings, sessions, tasks }: QueueSnapshot, now: number) {
  const settings = [...queueSettings.values()].find((each) => each !== null);
  if (settings === undefined) return null;
  const own = tasks.flatMap(({ id, mode }) => {
    const session = mode === 'autonomous' ? sessions.get(id) : undefined;
    return session === undefined ? [] : [session];
  });
  return accountWait({ limits, settings, lastStartAt: lastStartOf(own), now });
}

function factsIn(snapshot: QueueSnapshot, now: number): QueueFacts {
  const { tasks, projects, sessions, queue, queueSettings, delays, pullRequests, budgetWaits } =
    snapshot;
  const pending = tasks.filter((task) => {
    if (task.status === 'pending') return true;
    const session = sessions.get(task.id);
    return session !== undefined && isStopped(task, session);
  });
  // Made only when something waits for another task.
  let byId: Map<number, TaskRow> | undefined;
  const rows = () => (byId ??= new Map(tasks.map((task) => [task.id, task])));
  return {
    now,
    queue,
    projects: new Map(
      projects.map(({ id, name, queue: state }): [number, QueueProject] => {
        return [id, { name, queue: state, settings: queueSettings.get(id) ?? null }];
      }),
    ),
    tasks: pending,
    offsetAt: localOffsetAt,
    openBefore: new Map(pending.map(({ id, openBefore }) => [id, openBefore])),
    blameOf: findBlames(
      (id) => {
        const parent = rows().get(id);
        if (parent === undefined) return undefined;
        return { ...parent, pullRequest: pullRequests.get(id)?.state ?? null };
      },
      (id) => rows().get(id)?.openBefore ?? [],
    ),
    delays,
    taken: tasks.flatMap((task) => {
      const session = sessions.get(task.id);
      return (session && takenSlot(task, session, now)) ?? [];
    }),
    account: accountIn(snapshot, now),
    budgetOf: ({ id }) => budgetWaits.get(id) ?? null,
    memory: memoryWait(snapshot.shortMemory),
  };
}
