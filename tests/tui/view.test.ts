import { describe, expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import {
  createView,
  focusNext,
  moveSelection,
  selectedTask,
  selectTask,
  settle,
  type View,
} from '#tui/view.ts';
import { textState } from '#tui/widgets/text-edit.ts';
import { aRow, aSnapshot, projectNamed } from '../support/snapshots.ts';

const PROJECTS = [projectNamed(1, 'one'), projectNamed(2, 'two')];
const snapshotOf = (...ids: number[]) =>
  aSnapshot({ projects: PROJECTS, tasks: ids.map((id, index) => aRow(id, { position: index })) });

const view = (snapshot: Snapshot, changes: Partial<View> = {}) =>
  settle({ ...createView({ columns: 100, rows: 24 }, 0), ...changes }, snapshot);

describe('the selection', () => {
  test('begins with the first project and its first task', () => {
    expect(view(snapshotOf(3, 4))).toMatchObject({ projectId: 1, taskId: 3, taskPlace: 0 });
  });

  test('stays on the same task when the order changes', () => {
    const before = view(snapshotOf(1, 2, 3), { taskId: 2 });
    expect(settle(before, snapshotOf(3, 1, 2))).toMatchObject({ taskId: 2, taskPlace: 2 });
  });

  test('goes to the one that took its place when the task is gone, and to the last at the end', () => {
    const before = view(snapshotOf(1, 2, 3), { taskId: 2 });
    expect(settle(before, snapshotOf(1, 3)).taskId).toBe(3);
    expect(settle(before, snapshotOf(1)).taskId).toBe(1);
    expect(settle(before, snapshotOf())).toMatchObject({ taskId: null, taskPlace: 0 });
  });

  test('never leaves the list', () => {
    const snapshot = snapshotOf(1, 2, 3);
    expect(moveSelection(view(snapshot), snapshot, -5).taskId).toBe(1);
    expect(moveSelection(view(snapshot), snapshot, 99).taskId).toBe(3);
    expect(moveSelection(view(aSnapshot()), aSnapshot(), 1).taskId).toBeNull();
  });

  test('of another project begins at the top of its queue, without filter', () => {
    const snapshot = aSnapshot({
      projects: PROJECTS,
      tasks: [aRow(1), aRow(2, { projectId: 2 }), aRow(3, { projectId: 2 })],
    });
    const from = view(snapshot, { focus: 'projects', filter: textState('x') });
    const to = settle(moveSelection(from, snapshot, 1), snapshot);
    expect(to).toMatchObject({ projectId: 2, taskId: 2, filter: { text: '' } });
  });

  test('of a task in another project, hidden by a filter, shows it', () => {
    const snapshot = aSnapshot({
      projects: PROJECTS,
      tasks: [aRow(1), aRow(7, { projectId: 2, title: 'far away' })],
    });
    const found = settle(selectTask(view(snapshot), snapshot, 7), snapshot);
    expect(found).toMatchObject({ projectId: 2, taskId: 7 });
  });

  test('follows the filter', () => {
    const snapshot = aSnapshot({
      projects: PROJECTS,
      tasks: [aRow(1, { title: 'Fix LOGIN' }), aRow(2, { title: 'other' }), aRow(12)],
    });
    const filtered = settle({ ...view(snapshot), filter: textState('login') }, snapshot);
    expect(selectedTask(snapshot, filtered)?.id).toBe(1);
    const byNumber = settle({ ...view(snapshot), filter: textState('#12') }, snapshot);
    expect(selectedTask(snapshot, byNumber)?.id).toBe(12);
    const none = settle({ ...view(snapshot), filter: textState('nothing') }, snapshot);
    expect(selectedTask(snapshot, none)).toBeNull();
  });
});

test('the window follows the selection', () => {
  const snapshot = snapshotOf(...Array.from({ length: 100 }, (_, index) => index + 1));
  const down = settle(moveSelection(view(snapshot), snapshot, 50), snapshot);
  expect(down.taskTop).toBeGreaterThan(40);
  expect(down.taskTop).toBeLessThanOrEqual(50);
  const up = settle(moveSelection(down, snapshot, -1), snapshot);
  expect(up.taskTop).toBe(down.taskTop);
});

test('a row that moves by itself stays on its line of the screen', () => {
  const ids = Array.from({ length: 100 }, (_, index) => index + 1);
  const snapshot = snapshotOf(...ids);
  const before = settle(moveSelection(view(snapshot), snapshot, 50), snapshot);
  const line = before.taskPlace - before.taskTop;
  const after = settle(before, snapshotOf(...[200, 201, 202], ...ids));
  expect(after.taskPlace).toBe(before.taskPlace + 3);
  expect(after.taskPlace - after.taskTop).toBe(line);
});

test('a task that was just made ends the kept order, since the cursor goes there', () => {
  const snapshot = snapshotOf(1, 2, 3);
  const kept = snapshotOf(1, 3).tasks;
  const found = settle(selectTask({ ...view(snapshot), kept }, snapshot, 2), snapshot);
  expect(found).toMatchObject({ taskId: 2, taskPlace: 1, kept: null });
  const known = settle(selectTask({ ...view(snapshot), kept }, snapshot, 3), snapshot);
  expect(known.kept).toBe(kept);
});

test('a settled view is the same object, so that nothing is drawn', () => {
  const snapshot = snapshotOf(1, 2);
  const settled = view(snapshot);
  expect(settle(settled, snapshot)).toBe(settled);
});

test('the focus goes round', () => {
  const start = view(aSnapshot());
  expect(focusNext(start, 1).focus).toBe('session');
  expect(focusNext(focusNext(start, 1), 1).focus).toBe('projects');
  expect(focusNext(start, -1).focus).toBe('projects');
});
