import { isAsking } from '#domain/activity.ts';
import { isRestarted } from '#domain/attempt/step.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { TakenSlot } from './facts.ts';

type Worker = Pick<Task, 'id' | 'projectId' | 'mode' | 'status' | 'held'>;
type Workplace = Pick<Session, 'state' | 'activity' | 'parkedAt' | 'failure'>;

/**
 * The slot that a task takes with its open session; null when it takes none. What a person watches over takes none, and what waits for a person's
 * answer gives its own away: nobody may come before the morning, and the others are not to wait for that.
 */
export function takenSlot(task: Worker, session: Workplace): TakenSlot | null {
  if (task.mode !== 'autonomous' || !isTaken(task, session)) return null;
  return { task: task.id, project: task.projectId };
}

function isTaken(task: Worker, session: Workplace): boolean {
  const { state, activity, parkedAt } = session;
  // Also where the launch was cut off: it is finished before another task starts.
  if (state === 'opening') return true;
  if (state !== 'open' || parkedAt !== null) return false;
  switch (activity.name) {
    case 'ended':
    case 'lost':
      // What goes on by itself needs its place then.
      return isRestarted(task, session);
    case 'permission':
    case 'question':
    case 'plan':
      return false;
    case 'idle':
      // One that delivered and rests at its prompt is done with its work, also while its Claude still lives.
      return task.status === 'working' || task.status === 'interrupted';
    default:
      return true;
  }
}

/** Whether a task that was to work alone waits for an answer of a person. */
export function isAskingAlone(
  { mode }: Pick<Task, 'mode'>,
  { state, activity, parkedAt }: Workplace,
): boolean {
  return mode === 'autonomous' && state === 'open' && parkedAt === null && isAsking(activity.name);
}

/** Whether a task was stopped at work: its Claude was ended by a person who stopped the queue, and goes on when the queue does. */
export function isStopped(
  { status, mode }: Pick<Task, 'status' | 'mode'>,
  session: Pick<Session, 'state' | 'parkedAt'>,
): boolean {
  if (status !== 'interrupted' || mode !== 'autonomous') return false;
  return session.state === 'open' && session.parkedAt !== null;
}
