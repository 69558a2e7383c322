import { type Refusal, refuse } from './error.ts';
import type { Task } from './task.ts';

/** Compares two tasks that are done: the last one finished comes first. */
export function compareDone(
  a: Pick<Task, 'completedAt' | 'id'>,
  b: Pick<Task, 'completedAt' | 'id'>,
): number {
  const [first, second] = [a.completedAt ?? '', b.completedAt ?? ''];
  if (first !== second) return first < second ? 1 : -1;
  return b.id - a.id;
}

/** Why a task cannot be moved in its queue, or be made more or less urgent; undefined when it can. */
export function whyNotMove(task: Pick<Task, 'id' | 'status'>): Refusal | undefined {
  if (task.status !== 'done') return undefined;
  return refuse(`Task #${task.id} is done; such tasks stand in the order in which they ended.`);
}
