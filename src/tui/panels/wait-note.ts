import type { Snapshot, TaskRow } from '#app.ts';
import { type Decision, decide } from '#domain/queue/decide.ts';
import type { QueueProject } from '#domain/queue/facts.ts';
import { isStopped, takenSlot } from '#domain/queue/taken.ts';
import type { Wait } from '#domain/queue/wait.ts';

export type QueueSnapshot = Pick<
  Snapshot,
  'tasks' | 'projects' | 'sessions' | 'queue' | 'queueSettings'
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

function factsIn({ tasks, projects, sessions, queue, queueSettings }: QueueSnapshot, now: number) {
  const pending = tasks.filter((task) => {
    if (task.status === 'pending') return true;
    const session = sessions.get(task.id);
    return session !== undefined && isStopped(task, session);
  });
  return {
    now,
    queue,
    projects: new Map(
      projects.map(({ id, name, queue: state }): [number, QueueProject] => {
        return [id, { name, queue: state, settings: queueSettings.get(id) ?? null }];
      }),
    ),
    tasks: pending,
    openBefore: new Map(pending.map(({ id, openBefore }) => [id, openBefore])),
    taken: tasks.flatMap((task) => {
      const session = sessions.get(task.id);
      return (session && takenSlot(task, session)) ?? [];
    }),
    account: null,
    memory: null,
  };
}
