import { expect, test } from 'vitest';
import { createState } from '#tui/state.ts';
import { createView } from '#tui/view.ts';
import { aSnapshot, fullSnapshot } from '../support/snapshots.ts';

function setUp() {
  const state = createState(fullSnapshot(), createView({ columns: 100, rows: 30 }, 0));
  let changes = 0;
  state.store.subscribe(() => {
    changes += 1;
  });
  return { state, changes: () => changes };
}

test('what changes nothing that is shown draws nothing', () => {
  const { state, changes } = setUp();
  state.update((view) => ({ ...view }));
  state.update((view) => ({ ...view, taskPlace: view.taskPlace }));
  state.setSnapshot(state.get().snapshot);
  expect(changes()).toBe(0);
});

test('selections are in order after every change', () => {
  const { state, changes } = setUp();
  state.update((view) => ({ ...view, taskId: 4_711 }));
  expect(state.get().view.taskId).toBe(3);
  state.setSnapshot(aSnapshot());
  expect(state.get().view).toMatchObject({ taskId: null, projectId: null });
  expect(changes()).toBe(1);
});
