import type { Snapshot, TaskRow } from '#app.ts';
import { compareTasks, type TaskStatus } from '#domain/task.ts';
import { statusSign } from '#format/status.ts';

/** The tasks of a project as its queue shows them. */
export interface Queue {
  readonly rows: readonly TaskRow[];
  /** Place of each task in `rows`. */
  readonly places: ReadonlyMap<number, number>;
  /** Cells that the longest number takes. */
  readonly idWidth: number;
  /** Cells that the longest word of a status takes. */
  readonly wordWidth: number;
}

export type Counts = Readonly<Partial<Record<TaskStatus, number>>>;

interface Index {
  readonly queues: ReadonlyMap<number, Queue>;
  readonly counts: ReadonlyMap<number, Counts>;
}

const NONE: Queue = { rows: [], places: new Map(), idWidth: 2, wordWidth: 0 };
const NO_COUNTS: Counts = {};

/** Sorting ten thousand tasks once for each change of tasks, not for each frame. */
const indexes = new WeakMap<readonly TaskRow[], Index>();
/** By the queue as it is, and by the one whose order is kept. */
const steadied = new WeakMap<Queue, WeakMap<Queue, Queue>>();
let lastFiltered: { queue: Queue; filter: string; found: Queue } | undefined;

/** The queue of a project, narrowed to what the filter finds in titles and numbers; in the order that these tasks had before, if any are given. */
export function queueOf(
  snapshot: Pick<Snapshot, 'tasks'>,
  projectId: number | null,
  filter: string,
  kept: readonly TaskRow[] | null = null,
): Queue {
  if (projectId === null) return NONE;
  const queue = steady(
    queueIn(snapshot.tasks, projectId),
    kept === null ? NONE : queueIn(kept, projectId),
  );
  if (filter === '') return queue;
  if (lastFiltered?.queue === queue && lastFiltered.filter === filter) return lastFiltered.found;
  const wanted = filter.toLowerCase();
  const found = createQueue(
    queue.rows.filter((row) => `#${row.id} ${row.title}`.toLowerCase().includes(wanted)),
  );
  lastFiltered = { queue, filter, found };
  return found;
}

function queueIn(tasks: readonly TaskRow[], projectId: number): Queue {
  return indexOf(tasks).queues.get(projectId) ?? NONE;
}

/** The rows as they are now, each in the place that it had; what is new stands below them all. */
function steady(now: Queue, kept: Queue): Queue {
  if (kept === NONE || kept === now) return now;
  const byKept = steadied.get(now) ?? new WeakMap<Queue, Queue>();
  const known = byKept.get(kept);
  if (known !== undefined) return known;
  const rows = kept.rows.flatMap(({ id }) => now.rows[now.places.get(id) ?? -1] ?? []);
  for (const row of now.rows) if (!kept.places.has(row.id)) rows.push(row);
  const same = rows.every((row, place) => row === now.rows[place]);
  const found = same ? now : createQueue(rows);
  steadied.set(now, byKept.set(kept, found));
  return found;
}

/** How many tasks of a project stand in each status. */
export function countsOf(snapshot: Pick<Snapshot, 'tasks'>, projectId: number): Counts {
  return indexOf(snapshot.tasks).counts.get(projectId) ?? NO_COUNTS;
}

function indexOf(tasks: readonly TaskRow[]): Index {
  const known = indexes.get(tasks);
  if (known !== undefined) return known;
  const byProject = new Map<number, TaskRow[]>();
  for (const task of tasks) {
    const list = byProject.get(task.projectId);
    if (list === undefined) byProject.set(task.projectId, [task]);
    else list.push(task);
  }
  const queues = new Map<number, Queue>();
  const counts = new Map<number, Counts>();
  for (const [projectId, list] of byProject) {
    queues.set(projectId, createQueue(list.sort(compareTasks)));
    const found: Partial<Record<TaskStatus, number>> = {};
    for (const { status } of list) found[status] = (found[status] ?? 0) + 1;
    counts.set(projectId, found);
  }
  const index = { queues, counts };
  indexes.set(tasks, index);
  return index;
}

function createQueue(rows: readonly TaskRow[]): Queue {
  const places = new Map<number, number>();
  let highest = 0;
  let wordWidth = 0;
  rows.forEach(({ id, status }, place) => {
    places.set(id, place);
    if (id > highest) highest = id;
    wordWidth = Math.max(wordWidth, statusSign(status).label.length);
  });
  return { rows, places, idWidth: String(highest).length + 1, wordWidth };
}
