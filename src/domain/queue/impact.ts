import type { Until } from '#domain/dependency.ts';
import type { TaskStatus } from '#domain/task.ts';

/** A task that waits for another one. */
export interface Edge {
  taskId: number;
  afterId: number;
  until: Until;
}

/** What becomes of those that wait for a task, when this is done with it. */
export type Ending = 'kill' | 'done' | 'remove';

/** What is kept as the reason why a task is held whose parent was removed: it must not start as if that were done. */
export function removedHold(parentId: number): string {
  return `#${parentId} was removed`;
}

/** Whether this is such a reason. */
export function isRemovedHold(held: string | null): boolean {
  return held !== null && /^#\d+ was removed$/.test(held);
}

/**
 * Who waits for a task, and what it means for them that it is ended, as a sentence; null when nobody waits. `edges` are those that are not
 * over; `statusOf` tells which tasks have not begun, `isUnmerged` that it has a pull request that is not merged.
 */
export function impactWords(
  id: number,
  ending: Ending,
  edges: readonly Edge[],
  statusOf: (id: number) => TaskStatus | undefined,
  isUnmerged: boolean,
): string | null {
  const waitsStill = ({ taskId }: Edge): boolean =>
    ['draft', 'pending'].includes(statusOf(taskId) ?? 'done');
  const direct = edges.filter((edge) => edge.afterId === id && waitsStill(edge));
  if (direct.length === 0) return null;
  const [free, bound] =
    ending === 'done'
      ? [
          direct.filter(({ until }) => until !== 'merged' || !isUnmerged),
          direct.filter(({ until }) => until === 'merged' && isUnmerged),
        ]
      : [[], direct];
  const further = furtherThan(direct, edges.filter(waitsStill));
  const sentences = [
    sentence(free, 'for it', 'may begin then'),
    sentence(bound, ending === 'done' ? 'for its merge' : 'for it', boundWords(ending)),
    further === 0 ? null : `${further} more ${further === 1 ? 'waits' : 'wait'} for these.`,
  ];
  return sentences.filter((each) => each !== null).join(' ');
}

function boundWords(ending: Ending): string {
  if (ending === 'remove') return 'will be held';
  return ending === 'kill'
    ? 'cannot begin before it is launched again'
    : 'cannot begin before that';
}

function sentence(waiting: readonly Edge[], what: string, then: string): string | null {
  const [first, ...more] = waiting.map(({ taskId }) => `#${taskId}`);
  if (first === undefined) return null;
  const last = more.pop();
  return last === undefined
    ? `${first} waits ${what} and ${then}.`
    : `${[first, ...more].join(', ')} and ${last} wait ${what} and ${then}.`;
}

/** How many wait for those, and for those in turn. */
function furtherThan(direct: readonly Edge[], edges: readonly Edge[]): number {
  const byParent = Map.groupBy(edges, ({ afterId }) => afterId);
  const seen = new Set(direct.map(({ taskId }) => taskId));
  const known = seen.size;
  for (const id of seen) {
    for (const { taskId } of byParent.get(id) ?? []) seen.add(taskId);
  }
  return seen.size - known;
}
