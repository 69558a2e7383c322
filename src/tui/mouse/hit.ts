import type { Snapshot } from '#app.ts';
import { type Area, isInside } from '#tui/layout.ts';
import { placeTabs, tabAt, tabsOf } from '#tui/sessions/tabs.ts';
import { type Focus, layoutOf, selectedQueue, type View } from '#tui/view.ts';

/** What lies under a cell of the dashboard. */
export interface Hit {
  readonly panel: Focus | 'tabs';
  /** The place in the panel's list, of a tab the number of its task; null where there is no row or tab. */
  readonly place: number | null;
}

/** What lies under this cell, counted from 0, while no dialog is open; null for what is no panel. */
export function hitOf(snapshot: Snapshot, view: View, x: number, y: number): Hit | null {
  const layout = layoutOf(view);
  if (layout === null) return null;
  const inList = (area: Area, top: number, count: number): number | null => {
    const row = y - area.y - 1;
    const isRow = row >= 0 && row < area.height - 2 && x > area.x && x < area.x + area.width - 1;
    return isRow && top + row < count ? top + row : null;
  };
  const { tabs, projects, tasks, session } = layout;
  if (tabs !== null && isInside(tabs, x, y)) {
    const placed = placeTabs(tabsOf(snapshot), view.taskId, view.size.columns);
    return { panel: 'tabs', place: tabAt(placed, x) };
  }
  if (projects !== null && isInside(projects, x, y)) {
    return {
      panel: 'projects',
      place: inList(projects, view.projectTop, snapshot.projects.length),
    };
  }
  if (tasks !== null && isInside(tasks, x, y)) {
    const count = selectedQueue(snapshot, view).rows.length;
    return { panel: 'tasks', place: inList(tasks, view.taskTop, count) };
  }
  return session !== null && isInside(session, x, y) ? { panel: 'session', place: null } : null;
}
