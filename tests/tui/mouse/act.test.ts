import { describe, expect, test } from 'vitest';
import { PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import { actOnMouse, viewAfter } from '#tui/mouse/act.ts';
import { placeTabs, tabsOf } from '#tui/sessions/tabs.ts';
import { createView, settle, type View } from '#tui/view.ts';
import { mountDashboard } from '../../support/dashboard.tsx';
import { troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();
const start = settle(createView({ columns: 100, rows: 30 }, 0), snapshot);

/** Cells of panels at 100 x 30: below the title and the tabs projects left, queue at the right above the session. */
const [PROJECT_ROW, TASK_ROW, SESSION] = [
  { x: 3, y: 4 },
  { x: 40, y: 5 },
  { x: 40, y: 20 },
];
const at = (cell: { x: number; y: number }, code: number, released = false) => ({
  ...cell,
  code,
  released,
});
const seen = (view: View, ...reports: Parameters<typeof viewAfter>[2][]) =>
  reports.reduce((now, report) => settle(viewAfter(now, snapshot, report), snapshot), view);

describe('the wheel', () => {
  test('moves the selection of the list below it and leaves the focus', () => {
    const down = seen(start, at(TASK_ROW, 65), at(TASK_ROW, 65));
    expect(down).toMatchObject({ taskPlace: 2, focus: 'tasks' });
    expect(seen(down, at(TASK_ROW, 64)).taskPlace).toBe(1);
    const other = seen({ ...start, focus: 'tasks' }, at(PROJECT_ROW, 65));
    expect(other).toMatchObject({ projectPlace: 1, focus: 'tasks' });
  });

  test('does nothing over the session, nor sideways', () => {
    expect(seen(start, at(SESSION, 65), at(TASK_ROW, 66), at(TASK_ROW, 67))).toBe(start);
  });

  test('scrolls what is open', async () => {
    const dashboard = await mountDashboard(snapshot, { columns: 80, rows: 20 });
    await dashboard.press('?');
    const before = await dashboard.frame();
    actOnMouse(dashboard.context, PLAIN_KEYMAP, at(TASK_ROW, 65));
    expect(await dashboard.frame()).not.toBe(before);
    actOnMouse(dashboard.context, PLAIN_KEYMAP, at(TASK_ROW, 64));
    expect(await dashboard.frame()).toBe(before);
    actOnMouse(dashboard.context, PLAIN_KEYMAP, at(TASK_ROW, 0));
    expect(await dashboard.frame()).toBe(before);
  });
});

describe('a click', () => {
  test('gives a panel the focus and selects the row', () => {
    const clicked = seen(start, at(TASK_ROW, 0), at(TASK_ROW, 0, true));
    expect(clicked).toMatchObject({ focus: 'tasks', taskPlace: 2 });
    expect(seen(start, at(PROJECT_ROW, 0))).toMatchObject({ focus: 'projects', projectPlace: 1 });
    expect(seen(start, at(SESSION, 0)).focus).toBe('session');
  });

  test('on a tab selects its task, and the wheel there goes from one to the next', () => {
    const tabs = tabsOf(snapshot);
    const { tabs: placed } = placeTabs(tabs, start.taskId, 100);
    const [last] = placed.slice(-1);
    const clicked = seen(start, at({ x: (last?.x ?? 0) + 1, y: 1 }, 0));
    expect(clicked.taskId).toBe(last?.taskId);
    const ids = tabs.map(({ taskId }) => taskId);
    const after = ids[(ids.indexOf(clicked.taskId ?? 0) + 1) % ids.length];
    expect(seen(clicked, at({ x: 3, y: 1 }, 65)).taskId).toBe(after);
    expect(seen(start, at({ x: 99, y: 1 }, 0))).toBe(start);
  });

  test('where no row is gives the focus alone', () => {
    const clicked = seen(start, at({ x: 3, y: 20 }, 0));
    expect(clicked).toMatchObject({ focus: 'projects', projectPlace: start.projectPlace });
  });

  test('with another button, or none, does nothing', () => {
    expect(seen(start, at(TASK_ROW, 1), at(TASK_ROW, 2), at(TASK_ROW, 35))).toBe(start);
  });

  test('means nothing while a pane is typed into or another program has the terminal', async () => {
    const dashboard = await mountDashboard(snapshot);
    for (const change of [{ away: true }, { away: false, typing: 1 }]) {
      dashboard.state.update((view) => ({ ...view, ...change }));
      actOnMouse(dashboard.context, PLAIN_KEYMAP, at(PROJECT_ROW, 0));
      expect(dashboard.state.get().view.focus).toBe('tasks');
    }
  });
});
