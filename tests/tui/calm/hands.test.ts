import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHands, keepMoved } from '#tui/calm/hands.ts';
import { createView, type View } from '#tui/view.ts';
import { aRow } from '../../support/snapshots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function hands(more: Partial<View> = {}) {
  let view: View = { ...createView({ columns: 80, rows: 24 }, 0), ...more };
  let tasks = [aRow(1)];
  let updates = 0;
  const touch = createHands(
    () => view,
    (change) => {
      view = change(view, tasks);
      updates += 1;
    },
    30,
  );
  return {
    touch,
    view: () => view,
    updates: () => updates,
    change: (next: Partial<View>) => {
      view = { ...view, ...next };
    },
    commit: () => {
      tasks = [aRow(1), aRow(2)];
    },
  };
}

test('the order of the first key is kept until the hands rest', () => {
  const { touch, view, commit } = hands();
  touch();
  const kept = view().kept;
  expect(kept).toHaveLength(1);
  commit();
  touch();
  vi.advanceTimersByTime(29);
  touch();
  vi.advanceTimersByTime(29);
  expect(view().kept).toBe(kept);
  vi.advanceTimersByTime(1);
  expect(view().kept).toBeNull();
});

test('while a dialog is open it is kept as long as it takes', () => {
  const { touch, view, change, updates } = hands({ filtering: true });
  touch();
  const before = updates();
  vi.advanceTimersByTime(1_000);
  expect(view().kept).not.toBeNull();
  expect(updates()).toBe(before);
  change({ filtering: false });
  vi.advanceTimersByTime(30);
  expect(view().kept).toBeNull();
});

test('what the person moves goes where it was moved, in the status that is kept', () => {
  const kept = [aRow(1), aRow(2)];
  const tasks = [aRow(1), aRow(2, { position: 0, priority: 1, status: 'working' })];
  const moved = keepMoved(kept, tasks, 2);
  expect(moved?.[1]).toMatchObject({ position: 0, priority: 1, status: 'pending' });
  expect(moved?.[0]).toBe(kept[0]);
  expect(keepMoved(kept, kept, 2)).toBe(kept);
  expect(keepMoved(kept, tasks, 9)).toBe(kept);
  expect(keepMoved(null, tasks, 2)).toBeNull();
});
