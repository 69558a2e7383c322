import { describe, expect, test } from 'vitest';
import { VIEW_ACTIONS } from '#tui/moves.ts';
import { createView, settle, type View } from '#tui/view.ts';
import { troubleSnapshot } from '../support/snapshots.ts';

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
