import type { Store } from '#app.ts';
import type { Session } from '#domain/session.ts';
import { type Parent, parentBranch, type StackState, stackState } from '#domain/stack.ts';
import type { Task } from '#domain/task.ts';

type Facts = Pick<Store, 'tasks' | 'sessions' | 'pullRequests'>;

/** The task of this id with what the stack above it needs to know; null when its row is gone. */
export function parentOf(store: Facts, id: number): Parent | null {
  const task = store.tasks.find(id);
  if (task === null) return null;
  const session = store.sessions.openOf(id) ?? store.sessions.lastOf(id);
  return { task, session, pullRequest: store.pullRequests.of(id) };
}

/** How a session stands to the task that it is stacked on; null when it is not stacked. */
export function stackOf(
  store: Facts,
  session: Pick<Session, 'stackedOn' | 'baseCommit'>,
): StackState | null {
  const { stackedOn } = session;
  return stackedOn === null ? null : stackState(session, parentOf(store, stackedOn));
}

/** Where a task begins that is to be stacked on another one now; null when that one is done, or nobody asked for it. */
export function stackToBegin(
  store: Facts,
  task: Pick<Task, 'id'>,
): { stackedOn: number; base: string } | null {
  const after = store.tasks.after(task.id).find(({ until }) => until === 'pr_green');
  const parent = after === undefined ? null : parentOf(store, after.id);
  if (parent === null || parent.task.status === 'done') return null;
  const branch = parent.pullRequest?.state === 'open' ? parentBranch(parent) : null;
  return branch === null ? null : { stackedOn: parent.task.id, base: branch };
}
