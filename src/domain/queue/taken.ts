import { isAsking } from '#domain/activity.ts';
import { attemptStanding } from '#domain/attempt/standing.ts';
import { isRestarted } from '#domain/attempt/step.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { TakenSlot } from './facts.ts';

type Worker = Pick<Task, 'id' | 'projectId' | 'mode' | 'status' | 'retryAt' | 'held'>;
type Workplace = Pick<Session, 'state' | 'activity' | 'parkedAt' | 'failure'>;

/** An answer that did not come by then may take all night: another task gets the slot meanwhile. */
const ASKING_MS = 10 * 60_000;

/** The slot that a task takes with its open session; null when it takes none. What a person watches over, or is waited for, takes none. */
export function takenSlot(task: Worker, session: Workplace, now: number): TakenSlot | null {
  if (!isAtWork(task, session) || waitsForPerson(task, session, now)) return null;
  return { task: task.id, project: task.projectId };
}

/** Whether an autonomous task is at its work, also while its Claude asks something, or is about to be started again. */
export function isAtWork(task: Worker, session: Workplace): boolean {
  const { state, activity, parkedAt } = session;
  if (task.mode !== 'autonomous') return false;
  // Also where the launch was cut off: it is finished before another task starts.
  if (state === 'opening') return true;
  if (state !== 'open' || parkedAt !== null) return false;
  switch (activity.name) {
    case 'ended':
    case 'lost':
      // It is tried again within minutes, and must not find its place taken.
      return isRestarted(task, session);
    case 'idle':
      // One that delivered and rests at its prompt is done with its work, also while its Claude still lives.
      return task.status === 'working' || task.status === 'interrupted';
    default:
      return true;
  }
}

function waitsForPerson(task: Worker, session: Workplace, now: number): boolean {
  const { state, activity } = session;
  if (state === 'opening') return false;
  if (isAsking(activity.name)) return now - activity.since > ASKING_MS;
  return attemptStanding(task, session)?.of === 'person';
}

/** Whether a task was stopped at work: its Claude was ended by a person who stopped the queue, and goes on when the queue does. */
export function isStopped(
  { status, mode }: Pick<Task, 'status' | 'mode'>,
  session: Pick<Session, 'state' | 'parkedAt'>,
): boolean {
  if (status !== 'interrupted' || mode !== 'autonomous') return false;
  return session.state === 'open' && session.parkedAt !== null;
}
