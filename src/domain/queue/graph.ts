import type { After, Until } from '#domain/dependency.ts';
import type { TaskStatus } from '#domain/task.ts';
import type { Edge } from './impact.ts';

/** A task of the graph. */
export interface GraphTask {
  id: number;
  title: string;
  status: TaskStatus;
  /** Name of its project. */
  project: string;
  /** Why it cannot begin although nothing is at work for it, in one phrase; null where nothing stands in the way. */
  trouble: string | null;
}

/** That a task waits for another one, and whether that is over. */
export interface GraphEdge extends Edge {
  met: boolean;
}

/** Tasks that wait for each other. */
export interface Graph {
  tasks: GraphTask[];
  edges: GraphEdge[];
}

/** One row of the graph as it is drawn: a task below one that it waits for. */
export interface GraphRow {
  id: number;
  /** For each level above it, whether more comes there further down; the last one is its own. */
  more: boolean[];
  /** What it waits for in the task above it; null at the top, where it waits for nothing that is shown. */
  until: Until | null;
  met: boolean;
  /** What else it waits for, when it is drawn in full. */
  also: After[];
  /** It is drawn in full further up, with all that waits for it. */
  isAgain: boolean;
}

/** The tasks that hang together with one: all that it waits for, and all that waits for it, both through any number of others. */
export function around(id: number, edges: readonly Edge[]): Set<number> {
  const reach = (next: (edge: Edge) => [number, number]): Set<number> => {
    const to = Map.groupBy(edges, (edge) => next(edge)[0]);
    const found = new Set([id]);
    for (const each of found) {
      for (const edge of to.get(each) ?? []) found.add(next(edge)[1]);
    }
    return found;
  };
  const up = reach(({ taskId, afterId }) => [taskId, afterId]);
  const down = reach(({ taskId, afterId }) => [afterId, taskId]);
  return new Set([...up, ...down]);
}

/** The tasks of groups that hang together, leaving out groups in which all is done. `isWanted` says which tasks a group has to have one of. */
export function openGroups(
  edges: readonly Edge[],
  isDone: (id: number) => boolean,
  isWanted: (id: number) => boolean,
): Set<number> {
  const beside = new Map<number, number[]>();
  for (const { taskId, afterId } of edges) {
    beside.set(taskId, [...(beside.get(taskId) ?? []), afterId]);
    beside.set(afterId, [...(beside.get(afterId) ?? []), taskId]);
  }
  const seen = new Set<number>();
  const wanted = new Set<number>();
  for (const first of beside.keys()) {
    if (seen.has(first)) continue;
    const group = new Set([first]);
    for (const id of group) for (const next of beside.get(id) ?? []) group.add(next);
    const ids = [...group];
    if (ids.some(isWanted) && !ids.every(isDone)) for (const id of ids) wanted.add(id);
    for (const id of ids) seen.add(id);
  }
  return wanted;
}

/**
 * The graph as rows of a tree, those that wait below what they wait for. A task with several parents is drawn in full below the first of
 * them, where its other parents are named, and as a reference below these.
 */
export function graphRows(ids: ReadonlySet<number>, edges: readonly GraphEdge[]): GraphRow[] {
  const own = edges.filter(({ taskId, afterId }) => ids.has(taskId) && ids.has(afterId));
  const parents = Map.groupBy(own, ({ taskId }) => taskId);
  const children = Map.groupBy(own, ({ afterId }) => afterId);
  const drawn = new Set<number>();
  const rows: GraphRow[] = [];
  type Todo = { id: number; edge: GraphEdge | null; more: boolean[] };
  const inOrder = (all: readonly number[]): number[] => all.toSorted((a, b) => a - b);
  const roots = inOrder([...ids].filter((id) => !parents.has(id)));
  const todo: Todo[] = roots.map((id) => ({ id, edge: null, more: [] })).toReversed();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { id, edge, more } = next;
    const isAgain = drawn.has(id);
    drawn.add(id);
    const others = (parents.get(id) ?? []).filter(({ afterId }) => afterId !== edge?.afterId);
    rows.push({
      id,
      more,
      until: edge?.until ?? null,
      met: edge?.met ?? true,
      also: isAgain ? [] : others.map(({ afterId, until }) => ({ id: afterId, until })),
      isAgain,
    });
    if (isAgain) continue;
    const below = (children.get(id) ?? []).toSorted((a, b) => a.taskId - b.taskId);
    const added = below.map((each, place) => ({
      id: each.taskId,
      edge: each,
      more: [...more, place < below.length - 1],
    }));
    todo.push(...added.toReversed());
  }
  return rows;
}
