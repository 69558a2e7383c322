import { compareDone } from './finished.ts';
import type { Task, TaskStatus } from './task.ts';

/** Order of the queue on the screen: what a person acts on first. Done tasks come last. */
export const STATUS_ORDER: Record<TaskStatus, number> = {
  error: 0,
  conflict: 1,
  ci_failed: 2,
  in_review: 3,
  interrupted: 4,
  working: 5,
  pending: 6,
  draft: 7,
  done: 8,
};

type Ordered = Pick<Task, 'status' | 'priority' | 'position' | 'completedAt' | 'id'>;

/** Compares two tasks as the queue shows them: by status, then priority, then by hand, then age. Done tasks: the last one finished first. */
export function compareTasks(a: Ordered, b: Ordered): number {
  if (a.status === 'done' && b.status === 'done') return compareDone(a, b);
  return (
    STATUS_ORDER[a.status] - STATUS_ORDER[b.status] ||
    a.priority - b.priority ||
    a.position - b.position ||
    a.id - b.id
  );
}
