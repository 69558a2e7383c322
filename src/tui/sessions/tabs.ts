import type { Snapshot } from '#app.ts';
import { isParked } from '#domain/parking/park.ts';
import { activitySign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { needsYou } from '#tui/attention.ts';
import { GLYPHS } from '#tui/theme.ts';
import { selectTask, type View } from '#tui/view.ts';
import { cells, clip } from '#tui/widgets/fit.ts';

/** One open session as the row of tabs shows it. */
export interface Tab {
  readonly taskId: number;
  /** What its Claude does, in one sign, then number and title. */
  readonly label: string;
  /** It waits for the person. */
  readonly asks: boolean;
}

/** A tab in its place: its text may be cut. */
export interface PlacedTab extends Tab {
  /** Column of its first cell, from 0. */
  readonly x: number;
  readonly text: string;
}

export interface PlacedTabs {
  readonly tabs: readonly PlacedTab[];
  /** Whether there are more to the left and to the right than the row has room for. */
  readonly left: boolean;
  readonly right: boolean;
}

export const SEPARATOR = ' │ ';
/** With less of each than this, only some of them are shown. */
const LEAST_CELLS = 12;
/** One cell free at each end, and an arrow with a blank where tabs are left out. */
const MARGIN = 1;
const ARROW_CELLS = 2;

const known = new WeakMap<object, readonly Tab[]>();

/** The open sessions of all projects, oldest first: their order never changes by itself. Made once for each snapshot. */
export function tabsOf(snapshot: Snapshot): readonly Tab[] {
  const made = known.get(snapshot);
  if (made !== undefined) return made;
  const { sessions } = snapshot;
  const rows = sessions.size === 0 ? [] : snapshot.tasks.filter(({ id }) => sessions.has(id));
  const tasks = new Map(rows.map((task) => [task.id, task]));
  const tabs = [...sessions.values()].map((session) => {
    const { taskId, activity } = session;
    const task = tasks.get(taskId);
    const asks = task !== undefined && needsYou(task, snapshot);
    const sign = `${asks ? GLYPHS.needsYou : ''}${activitySign(activity.name, isParked(session)).symbol}`;
    const label = `${sign} #${taskId} ${plainLine(task?.title ?? '')}`.trimEnd();
    return { taskId, label, asks };
  });
  known.set(snapshot, tabs);
  return tabs;
}

/**
 * Where each tab stands in a row of this width. What does not fit is cut, all to the same length; where that would leave too little of
 * them, a window around the selected one is shown.
 */
export function placeTabs(
  tabs: readonly Tab[],
  selected: number | null,
  width: number,
): PlacedTabs {
  const room = width - 2 * MARGIN;
  const all = longestFor(tabs, room);
  if (all >= LEAST_CELLS) return { tabs: placed(tabs, all, MARGIN), left: false, right: false };
  const each = LEAST_CELLS + SEPARATOR.length;
  const count = Math.max(1, Math.floor((room - 2 * ARROW_CELLS + SEPARATOR.length) / each));
  const at = Math.max(
    0,
    tabs.findIndex(({ taskId }) => taskId === selected),
  );
  const from = Math.max(0, Math.min(at - Math.floor(count / 2), tabs.length - count));
  const shown = tabs.slice(from, from + count);
  const longest = longestFor(shown, room - 2 * ARROW_CELLS);
  return {
    tabs: placed(shown, longest, MARGIN + ARROW_CELLS),
    left: from > 0,
    right: from + count < tabs.length,
  };
}

/** The length to which labels are cut so that all fit; what a short one does not need goes to the others. */
function longestFor(tabs: readonly Tab[], room: number): number {
  let left = room - SEPARATOR.length * (tabs.length - 1);
  const lengths = tabs.map(({ label }) => cells(label)).sort((a, b) => a - b);
  for (const [index, length] of lengths.entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Number.MAX_SAFE_INTEGER;
}

function placed(tabs: readonly Tab[], longest: number, from: number): PlacedTab[] {
  let x = from;
  return tabs.map((tab) => {
    const text = clip(tab.label, longest);
    const place = { ...tab, x, text };
    x += cells(text) + SEPARATOR.length;
    return place;
  });
}

/** The task of the tab in this column; null where there is none. */
export function tabAt({ tabs }: PlacedTabs, x: number): number | null {
  const found = tabs.find((tab) => x >= tab.x && x < tab.x + cells(tab.text));
  return found?.taskId ?? null;
}

/** Selects the open session before or after the selected one, of any project, going round; null when none is open. */
export function otherSession(view: View, snapshot: Snapshot, by: 1 | -1): View | null {
  const tabs = tabsOf(snapshot);
  const at = tabs.findIndex(({ taskId }) => taskId === view.taskId);
  // From a task without a session the next one is the first, and the one before it the last.
  const from = at === -1 && by === -1 ? 0 : at;
  const found = tabs[(from + by + tabs.length) % tabs.length];
  return found === undefined ? null : selectTask(view, snapshot, found.taskId);
}
