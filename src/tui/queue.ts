import type { Snapshot, TaskRow } from '#app.ts';
import type { TaskStatus } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
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
  /** Done tasks that are left to the history. */
  readonly hidden: number;
}

export type Counts = Readonly<Partial<Record<TaskStatus, number>>>;

/** All tasks of a project in their order, and those that its queue shows while nothing is looked for. */
interface Project {
  readonly all: Queue;
  readonly shown: Queue;
  readonly done: readonly TaskRow[];
}

interface Index {
  readonly projects: ReadonlyMap<number, Project>;
  readonly counts: ReadonlyMap<number, Counts>;
}

/** The queue keeps so many of the tasks that were finished last: to see that they are, and for a second thought. */
const DONE_SHOWN = 5;

const NONE: Queue = { rows: [], places: new Map(), idWidth: 2, wordWidth: 0, hidden: 0 };
const NO_TASKS: readonly TaskRow[] = [];
const NO_PROJECT: Project = { all: NONE, shown: NONE, done: NO_TASKS };
const NO_COUNTS: Counts = {};

/** Sorting ten thousand tasks once for each change of tasks, not for each frame. */
const indexes = new WeakMap<readonly TaskRow[], Index>();
/** By the queue as it is, and by the one whose order is kept. */
const steadied = new WeakMap<Queue, WeakMap<Queue, Queue>>();
let lastFiltered: { queue: Queue; filter: string; found: Queue } | undefined;
let lastDone: { done: readonly TaskRow[]; filter: string; found: readonly TaskRow[] } | undefined;

/**
 * The queue of a project; with a filter all of its tasks in whose titles and numbers the words are found, done ones too. In the order that these
 * tasks had before, if any are given.
 */
export function queueOf(
  snapshot: Pick<Snapshot, 'tasks'>,
  projectId: number | null,
  filter: string,
  kept: readonly TaskRow[] | null = null,
): Queue {
  const part = filter === '' ? 'shown' : 'all';
  const before = kept === null ? NONE : projectIn(kept, projectId)[part];
  const queue = steady(projectIn(snapshot.tasks, projectId)[part], before);
  if (filter === '') return queue;
  if (lastFiltered?.queue === queue && lastFiltered.filter === filter) return lastFiltered.found;
  const found = createQueue(queue.rows.filter(finder(filter)), 0);
  lastFiltered = { queue, filter, found };
  return found;
}

function projectIn(tasks: readonly TaskRow[], projectId: number | null): Project {
  const found = projectId === null ? undefined : indexOf(tasks).projects.get(projectId);
  return found ?? NO_PROJECT;
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
  const found = same ? now : createQueue(rows, now.hidden);
  steadied.set(now, byKept.set(kept, found));
  return found;
}

/** All tasks of a project, in the order of its queue. */
export function tasksOf(snapshot: Pick<Snapshot, 'tasks'>, projectId: number): readonly TaskRow[] {
  return projectIn(snapshot.tasks, projectId).all.rows;
}

/** The done tasks of a project, the last one finished first, narrowed in the same way. */
export function doneOf(
  snapshot: Pick<Snapshot, 'tasks'>,
  projectId: number,
  filter: string,
): readonly TaskRow[] {
  const { done } = projectIn(snapshot.tasks, projectId);
  if (filter === '') return done;
  if (lastDone?.done === done && lastDone.filter === filter) return lastDone.found;
  const found = done.filter(finder(filter));
  lastDone = { done, filter, found };
  return found;
}

function finder(filter: string): (row: TaskRow) => boolean {
  const wanted = filter.toLowerCase();
  return (row) => `#${row.id} ${row.title}`.toLowerCase().includes(wanted);
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
  const projects = new Map<number, Project>();
  const counts = new Map<number, Counts>();
  for (const [projectId, list] of byProject) {
    projects.set(projectId, createProject(list.sort(compareTasks)));
    const found: Partial<Record<TaskStatus, number>> = {};
    for (const { status } of list) found[status] = (found[status] ?? 0) + 1;
    counts.set(projectId, found);
  }
  const index = { projects, counts };
  indexes.set(tasks, index);
  return index;
}

/** `rows` are in their order, in which done tasks come last. */
function createProject(rows: readonly TaskRow[]): Project {
  const first = rows.findIndex(({ status }) => status === 'done');
  const done = first === -1 ? NO_TASKS : rows.slice(first);
  const hidden = Math.max(0, done.length - DONE_SHOWN);
  const all = createQueue(rows, 0);
  const shown = hidden === 0 ? all : createQueue(rows.slice(0, rows.length - hidden), hidden);
  return { all, shown, done };
}

function createQueue(rows: readonly TaskRow[], hidden: number): Queue {
  const places = new Map<number, number>();
  let highest = 0;
  let wordWidth = 0;
  rows.forEach(({ id, status }, place) => {
    places.set(id, place);
    if (id > highest) highest = id;
    wordWidth = Math.max(wordWidth, statusSign(status).label.length);
  });
  return { rows, places, idWidth: String(highest).length + 1, wordWidth, hidden };
}
