import type { Snapshot } from '#app.ts';
import { type StackState, stackState } from '#domain/stack.ts';

/** How a task stands to the one that it is stacked on; null when it is not stacked. */
export function stackIn(
  taskId: number,
  { tasks, sessions, pullRequests }: Pick<Snapshot, 'tasks' | 'sessions' | 'pullRequests'>,
): StackState | null {
  const session = sessions.get(taskId);
  const below = session?.stackedOn ?? null;
  if (session === undefined || below === null) return null;
  const task = tasks.find(({ id }) => id === below);
  if (task === undefined) return stackState(session, null);
  const parent = {
    session: sessions.get(below) ?? null,
    pullRequest: pullRequests.get(below) ?? null,
  };
  return stackState(session, { task, ...parent });
}
