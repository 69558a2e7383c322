import { describe, expect, test } from 'vitest';
import { nextWaiting, VIEW_ACTIONS } from '#tui/moves.ts';
import { createView, settle, type View } from '#tui/view.ts';
import { aSnapshot, fullSnapshot, troubleSnapshot } from '../support/snapshots.ts';

const snapshot = troubleSnapshot();
const start = settle(createView({ columns: 100, rows: 30 }, 0), snapshot);
const moved = (view: View, ...actions: (keyof typeof VIEW_ACTIONS)[]) =>
  actions.reduce((now, action) => {
    const change = VIEW_ACTIONS[action];
    return change === undefined ? now : settle(change(now, snapshot), snapshot);
  }, view);

describe('moving', () => {
  test('to the ends and by half pages', () => {
    const count = 13;
    expect(moved(start, 'bottom').taskPlace).toBe(count - 1);
    expect(moved(start, 'bottom', 'top').taskPlace).toBe(0);
    const half = moved(start, 'page_down').taskPlace;
    expect(half).toBeGreaterThan(1);
    expect(moved(start, 'page_down', 'page_up').taskPlace).toBe(0);
  });
});

describe('the next one that needs a person', () => {
  test('goes round through all of them', () => {
    const seen: (number | null)[] = [];
    let view = start;
    for (let index = 0; index < 9; index += 1) {
      view = settle(nextWaiting(view, snapshot) ?? view, snapshot);
      seen.push(view.taskId);
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen[7]).toBe(seen[0]);
  });

  test('is none when all goes well', () => {
    expect(nextWaiting(start, aSnapshot())).toBeNull();
    const quiet = { ...fullSnapshot(), tasks: [] };
    expect(nextWaiting(start, quiet)).toBeNull();
  });
});
