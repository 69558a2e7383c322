import type { Snapshot, TaskRow } from '#app.ts';
import type { Project } from '#domain/project.ts';
import type { Troubles } from './calm/trouble.ts';
import type { Dialog } from './dialogs/dialog.ts';
import type { TaskForm } from './dialogs/task/form.ts';
import type { ActionId } from './keys/keymap.ts';
import { insideHeight, type Layout, layOutAloud, layOutDashboard, type Size } from './layout.ts';
import { type Queue, queueOf } from './queue.ts';
import { windowTop } from './widgets/list-window.ts';
import { EMPTY_TEXT, type TextState } from './widgets/text-edit.ts';

export const FOCUSES = ['projects', 'tasks', 'session'] as const;
export type Focus = (typeof FOCUSES)[number];

export interface Toast {
  readonly text: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

/** What the person looks at; never anything that the database knows. */
export interface View {
  readonly size: Size;
  readonly focus: Focus;
  /** Selections are ids, so that they stay on the same thing when the order changes. */
  readonly projectId: number | null;
  readonly taskId: number | null;
  /** Where the selected things stood last: when one is gone, the next one in its place is selected. */
  readonly projectPlace: number;
  readonly taskPlace: number;
  readonly projectTop: number;
  readonly taskTop: number;
  /** Tasks in whose order the queue stays while a person is at it; null when its rows may go where they belong. */
  readonly kept: readonly TaskRow[] | null;
  /** There was an open session since the start: the row of tabs, once there, stays. */
  readonly tabs: boolean;
  readonly filter: TextState;
  /** The filter is being typed. */
  readonly filtering: boolean;
  readonly dialog: Dialog | null;
  /** A form that could not be saved when it was left; the next one of its kind opens with it. */
  readonly keptForm: TaskForm | null;
  /** What was done last from the palette, the newest first. */
  readonly usedCommands: readonly ActionId[];
  /** The error that stands, and what was said last. */
  readonly toasts: readonly Toast[];
  /** What is wrong as long as it is shown. */
  readonly troubles: Troubles;
  /** What is being done, in words. */
  readonly busy: readonly string[];
  /** Why there is no live picture; null while there is one. */
  readonly pictureNote: string | null;
  /** The task into whose pane is typed: the dashboard hears no keys, and nothing opens that would wait for one. */
  readonly typing: number | null;
  /** Clicks and the wheel are the dashboard's; without them the terminal's own selection works. */
  readonly mouse: boolean;
  /** It is read aloud: one panel at a time, in plain lines. */
  readonly reader: boolean;
  /** Another program has the terminal. */
  readonly away: boolean;
  /** Milliseconds since 1970, for times on the screen; it moves at most once a minute by itself. */
  readonly now: number;
}

export function createView(size: Size, now: number): View {
  return {
    size,
    focus: 'tasks',
    projectId: null,
    taskId: null,
    projectPlace: 0,
    taskPlace: 0,
    projectTop: 0,
    taskTop: 0,
    kept: null,
    tabs: false,
    filter: EMPTY_TEXT,
    filtering: false,
    dialog: null,
    keptForm: null,
    usedCommands: [],
    toasts: [],
    troubles: {},
    busy: [],
    pictureNote: null,
    typing: null,
    mouse: true,
    reader: false,
    away: false,
    now,
  };
}

export function layoutOf(view: View): Layout | null {
  if (view.reader) return layOutAloud(view.focus);
  return layOutDashboard(view.size, view.focus, view.tabs, view.typing !== null);
}

export function selectedQueue(snapshot: Snapshot, view: View): Queue {
  return queueOf(snapshot, view.projectId, view.filter.text, view.kept);
}

export function selectedTask(snapshot: Snapshot, view: View): TaskRow | null {
  return selectedQueue(snapshot, view).rows[view.taskPlace] ?? null;
}

export function selectedProject(snapshot: Snapshot, view: View): Project | null {
  return snapshot.projects[view.projectPlace] ?? null;
}

/** Brings the selections to what exists and the windows to the selections. Call it after every change of snapshot or view. */
export function settle(view: View, snapshot: Snapshot): View {
  const { projects } = snapshot;
  const found = projects.findIndex(({ id }) => id === view.projectId);
  const projectPlace = clamp(found === -1 ? view.projectPlace : found, projects.length);
  const projectId = projects[projectPlace]?.id ?? null;
  const queue = queueOf(snapshot, projectId, view.filter.text, view.kept);
  const known = view.taskId === null ? undefined : queue.places.get(view.taskId);
  const fallback = projectId === view.projectId ? view.taskPlace : 0;
  const taskPlace = known ?? clamp(fallback, queue.rows.length);
  const taskId = queue.rows[taskPlace]?.id ?? null;
  // What moves the selected row by itself moves the window along: the row stays on its line of the screen, as far as it can.
  const moved = known !== undefined && projectId === view.projectId ? known - view.taskPlace : 0;
  const tabs = view.tabs || snapshot.sessions.size > 0;
  const layout = layoutOf({ ...view, tabs });
  const settled: View = {
    ...view,
    tabs,
    // What was asked for before typing began may be ready only now; a key that is meant for the pane must not answer it.
    ...(view.typing === null ? {} : { dialog: null, filtering: false }),
    projectId,
    projectPlace,
    projectTop: windowTop(
      view.projectTop,
      projectPlace,
      projects.length,
      insideHeight(layout?.projects ?? null),
    ),
    taskId,
    taskPlace,
    taskTop: windowTop(
      view.taskTop + moved,
      taskPlace,
      queue.rows.length,
      insideHeight(layout?.tasks ?? null),
    ),
  };
  return sameView(view, settled) ? view : settled;
}

const clamp = (place: number, count: number) => Math.max(0, Math.min(place, count - 1));

/** Whether two views show the same. */
export function sameView(one: View, other: View): boolean {
  return (Object.keys(one) as (keyof View)[]).every((key) => one[key] === other[key]);
}

/** Moves the selection of the focused list; `by` may be as large as it likes. */
export function moveSelection(view: View, snapshot: Snapshot, by: number): View {
  const { focus, projectPlace, taskPlace } = view;
  return selectPlace(view, snapshot, (focus === 'projects' ? projectPlace : taskPlace) + by);
}

/** Selects what stands in this place of the focused list, or at its nearer end. */
export function selectPlace(view: View, snapshot: Snapshot, place: number): View {
  if (view.focus === 'projects') {
    return selectProject(view, snapshot, clamp(place, snapshot.projects.length));
  }
  const { rows } = selectedQueue(snapshot, view);
  const taskPlace = clamp(place, rows.length);
  return { ...view, taskPlace, taskId: rows[taskPlace]?.id ?? null };
}

/** Selects the project in this place; its queue begins at the top and is not filtered. */
function selectProject(view: View, snapshot: Snapshot, projectPlace: number): View {
  const projectId = snapshot.projects[projectPlace]?.id ?? null;
  if (projectId === view.projectId) return view;
  return {
    ...view,
    projectId,
    projectPlace,
    taskId: null,
    taskPlace: 0,
    taskTop: 0,
    filter: EMPTY_TEXT,
    filtering: false,
  };
}

/** Selects a task wherever it is, and its project. A filter that hides it is taken off. */
export function selectTask(view: View, snapshot: Snapshot, taskId: number): View {
  const task = snapshot.tasks.find(({ id }) => id === taskId);
  if (task === undefined) return { ...view, taskId };
  const place = snapshot.projects.findIndex(({ id }) => id === task.projectId);
  const moved = selectProject(view, snapshot, place);
  const hidden = !selectedQueue(snapshot, moved).places.has(taskId);
  const shown = hidden ? { ...moved, filter: EMPTY_TEXT, filtering: false } : moved;
  // A task that is not in the kept order was just made or brought back here: that is what the person looks for.
  const kept = view.kept?.some(({ id }) => id === taskId) ? view.kept : null;
  const found = { ...shown, kept };
  const taskPlace = selectedQueue(snapshot, found).places.get(taskId) ?? found.taskPlace;
  const focus = view.focus === 'projects' ? 'tasks' : view.focus;
  return { ...found, taskId, taskPlace, focus };
}

export function focusNext(view: View, by: number): View {
  const at = FOCUSES.indexOf(view.focus) + by + FOCUSES.length;
  return { ...view, focus: FOCUSES[at % FOCUSES.length] ?? 'tasks' };
}

/** How many rows a page of the focused list has. */
export function pageOf(view: View): number {
  const layout = layoutOf(view);
  const area = view.focus === 'projects' ? layout?.projects : layout?.tasks;
  return Math.max(1, Math.floor(insideHeight(area ?? null) / 2));
}
