import { expect, test } from 'vitest';
import { keepModes, modesOf } from '#tui/mouse/keep-modes.ts';
import { type Modes, NO_MODES } from '#tui/picture/modes.ts';
import { createState } from '#tui/state.ts';
import { createView } from '#tui/view.ts';
import { aSnapshot } from '../../support/snapshots.ts';

const PANE: Modes = { mouse: 'drag', focus: true, otherKeys: 1 };

test.each([
  [{ mouse: true, typing: null }, NO_MODES, { ...NO_MODES, mouse: 'click' }],
  [{ mouse: false, typing: null }, NO_MODES, NO_MODES],
  [{ mouse: true, typing: null }, PANE, { ...NO_MODES, mouse: 'click' }],
  [{ mouse: true, typing: 1 }, PANE, PANE],
  [{ mouse: false, typing: 1 }, PANE, { ...PANE, mouse: 'none' }],
  [
    { mouse: true, typing: 1 },
    { ...PANE, mouse: 'none' },
    { ...PANE, mouse: 'click' },
  ],
] as const)('in %j, where the pane wants %j, the terminal reports %j', (view, pane, modes) => {
  expect(modesOf(view, pane)).toEqual(modes);
});

test('the terminal is told when the person or the pane changes it', () => {
  const said: Modes['mouse'][] = [];
  const state = createState(aSnapshot(), createView({ columns: 100, rows: 30 }, 0));
  const modes = keepModes(state, { setModes: ({ mouse }) => void said.push(mouse) });
  state.update((view) => ({ ...view, mouse: false }));
  state.update((view) => ({ ...view, mouse: true, typing: 1 }));
  modes.ofPane(PANE);
  modes.stop();
  state.update((view) => ({ ...view, typing: null }));
  expect(said).toEqual(['click', 'none', 'click', 'drag']);
});
