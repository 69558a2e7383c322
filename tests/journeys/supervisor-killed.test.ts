import { expect, test } from 'vitest';
import { commits, isAlive, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

test('a supervisor that is killed at any moment is started again and loses nothing', async () => {
  const world = await journey({ remote: false });
  const { json, reaches, claustre, supervisor } = world;
  const prompt = `${script('Add a page.', commits('page.txt', 'x'))}\n\n\`\`\`sleep 1\n\`\`\``;
  await json('add-task', 'app', 'Add', '-d', prompt, '-m', 'autonomous', '--launch');
  const first = await waitFor('the supervisor', () => supervisor());
  process.kill(first, 'SIGKILL');
  await waitFor('its end', () => !isAlive(first));
  await reaches(1, 'in_review');
  const second = await waitFor('another one', () => {
    const pid = supervisor();
    return pid !== first && pid;
  });
  expect(isAlive(second)).toBe(true);
  expect((await claustre('merge', '1', '--yes')).exitCode).toBe(0);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a supervisor that is ended by %s while there is work is started again',
  async (signal) => {
    const { json, supervisor, turnEnds } = await journey({ remote: false });
    await json('add-task', 'app', 'Work', '-d', 'Hello.', '--launch');
    await turnEnds(1);
    const first = await waitFor('the supervisor', () => supervisor());
    process.kill(first, signal);
    await waitFor('its end', () => !isAlive(first));
    const second = await waitFor('another one', () => {
      const pid = supervisor();
      return pid !== first && pid;
    });
    expect(isAlive(second)).toBe(true);
  },
);

test('there is one supervisor, whoever calls for it', async () => {
  const { json, claustre, supervisor, tmux, turnEnds } = await journey({ remote: false });
  for (const title of ['one', 'two', 'three']) {
    await json('add-task', 'app', title, '-d', 'Hello.');
  }
  await Promise.all(['1', '2', '3'].map((id) => claustre('launch', id)));
  for (const id of [1, 2, 3]) await turnEnds(id);
  const panes = tmux('list-panes', '-t', '=_supervisor:', '-F', '#{pane_dead}').trim().split('\n');
  expect(panes).toEqual(['0']);
  const pid = await waitFor('the supervisor', () => supervisor());
  // A second one beside it finds the place taken and leaves.
  expect(await claustre('supervise')).toMatchObject({ exitCode: 0 });
  expect(supervisor()).toBe(pid);
});
