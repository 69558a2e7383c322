import { describe, expect, test } from 'vitest';
import { hitOf } from '#tui/mouse/hit.ts';
import { createView, layoutOf, settle, type View } from '#tui/view.ts';
import { troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();
const view = settle(createView({ columns: 100, rows: 30 }, 0), snapshot);

function areas(of: View) {
  const layout = layoutOf(of);
  if (layout === null) throw new Error('no layout');
  return layout;
}

describe('what lies under a cell', () => {
  test('is the row of a list, counted on from the first that is shown', () => {
    const { tasks, projects } = areas(view);
    if (tasks === null || projects === null) throw new Error('no panels');
    expect(hitOf(snapshot, view, tasks.x + 5, tasks.y + 1)).toEqual({ panel: 'tasks', place: 0 });
    const scrolled = { ...view, taskTop: 3 };
    expect(hitOf(snapshot, scrolled, tasks.x + 5, tasks.y + 2)?.place).toBe(4);
    expect(hitOf(snapshot, view, projects.x + 1, projects.y + 1)).toEqual({
      panel: 'projects',
      place: 0,
    });
  });

  test('is no row on a border, or below the last one', () => {
    const { tasks, projects } = areas(view);
    if (tasks === null || projects === null) throw new Error('no panels');
    for (const [x, y] of [
      [tasks.x, tasks.y + 1],
      [tasks.x + tasks.width - 1, tasks.y + 1],
      [tasks.x + 3, tasks.y],
      [tasks.x + 3, tasks.y + tasks.height - 1],
    ] as const) {
      expect(hitOf(snapshot, view, x, y)).toEqual({ panel: 'tasks', place: null });
    }
    const below = projects.y + snapshot.projects.length + 1;
    expect(hitOf(snapshot, view, projects.x + 3, below)?.place).toBeNull();
  });

  test('is the session panel as a whole, and nothing outside of the panels', () => {
    const { session } = areas(view);
    if (session === null) throw new Error('no panel');
    expect(hitOf(snapshot, view, session.x + 4, session.y + 4)).toEqual({
      panel: 'session',
      place: null,
    });
    for (const y of [0, 28, 29]) expect(hitOf(snapshot, view, 10, y)).toBeNull();
  });

  test('is the one panel that is shown in a narrow terminal, none in one that is too small', () => {
    const narrow = settle(
      { ...view, size: { columns: 60, rows: 20 }, focus: 'projects' },
      snapshot,
    );
    expect(hitOf(snapshot, narrow, 50, 2)?.panel).toBe('projects');
    const small = { ...view, size: { columns: 20, rows: 5 } };
    expect(hitOf(snapshot, small, 1, 1)).toBeNull();
  });
});
