import { expect, test } from 'vitest';
import { journey } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

const SPLIT =
  '[layout]\ndirection = "horizontal"\nratio = 70\nfirst = "claude"\nsecond = "shell"\n';

test('sessions are tabs, and keys split, zoom and close the panes that the layout begins with', async () => {
  const world = await journey({ remote: false, config: SPLIT });
  const { json, turnEnds, show, tmux } = world;
  await json('add-task', 'app', 'First tab', '-d', 'Say hello.', '--launch');
  await json('add-task', 'app', 'Second tab', '-d', 'Say hello.', '--launch');
  await turnEnds(1);
  await turnEnds(2);
  const first = (await show(1)).session?.tmux.session ?? '';
  const panes = (): string[] =>
    tmux('list-panes', '-t', `=${first}:`, '-F', '#{pane_width} #{window_zoomed_flag}')
      .trim()
      .split('\n');
  expect(panes()).toHaveLength(2);

  const user = await person(world);
  const [, tabs = ''] = await user.sees('#2 Second');
  expect(tabs).toMatch(/#1 First tab.*│.*#2 Second tab/);

  user.press('Home', '3', '_');
  await waitFor('a third pane', () => panes().length === 3);
  user.press('Z');
  await waitFor('the zoom', () => panes().some((pane) => pane.endsWith(' 1')));
  user.press('Z', '}');
  user.press('X');
  await waitFor('two panes again', () => panes().length === 2);

  user.press(']');
  await user.sees(/╭─ #2 Second tab/);

  // Inside a session the tabs are tmux's own, with all sessions and the key that leads back.
  user.press('Enter');
  const inside = await user.sees('C-q');
  for (const part of ['#1 First tab', '#2 Second tab', 'C-q dashboard']) {
    expect(inside[0]).toContain(part);
  }
  user.press('C-q');
  await user.sees('Task Queue');
});
