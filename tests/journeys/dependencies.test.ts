import { expect, test } from 'vitest';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import { commits, journey, script } from '../support/journey.ts';
import { person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

test('a diamond of tasks is written, drawn and chosen from, and what is removed holds what waited for it', async () => {
  const world = await journey({ remote: false });
  const { claustre, json } = world;
  await json('add-task', 'app', 'Lay the foundation');
  await json('add-task', 'app', 'Build the walls', '--after', '1');
  await json('add-task', 'app', 'Dig the well', '--after', '1:merged');
  await json('add-task', 'app', 'Move in', '--after', '2', '--after', '3');

  const circle = await claustre('edit', '1', '--after', '4');
  expect(circle).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('#1 → #4 → #2 → #1'),
  });
  expect((await claustre('graph', 'app')).stdout.trimEnd().split('\n')).toEqual([
    '☐ #1 Lay the foundation',
    '├─ ☐ #2 Build the walls',
    '│  └─ ☐ #4 Move in  also after #3',
    '└─ ☐ #3 Dig the well  when merged',
    '   └─ ☐ #4 Move in  see above',
  ]);
  const graph = (await json('graph', '4')) as unknown as DependencyGraph;
  expect(graph.tasks.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  expect(graph.edges.every(({ met }) => !met)).toBe(true);

  const user = await person(world);
  await user.sees('after #2, #3');
  user.press('n');
  user.types('Paint the fence');
  user.press('C-o', 'Tab', 'C-t');
  await user.sees('Wait for');
  user.types('#4');
  await user.sees(/▸ ○ #4/);
  user.press('Enter', 'Escape');
  await user.sees(/After +▸ #4/);
  user.press('Enter');
  await user.sees('after #4');
  user.press('t');
  await user.sees(/Graph of #5[\s\S]*└─ ☐ #5 Paint the fence/);
  user.press('g', 'Enter');
  await user.sees(/▸ ☐ pending +#1/);
  user.press('d');
  await user.sees('#2 and #3 wait for it and');
  user.press('y');
  await user.sees('#1 was removed');
  expect(await world.show(2)).toMatchObject({ waits: 'held: #1 was removed', after: [] });
  user.press('z');
  await waitFor('the undo', async () => (await world.show(2)).waits === 'after #1');
});

test('a task that repeats comes again when it is done, at its next moment', async () => {
  const { claustre, json, turnEnds, reaches, show } = await journey({ remote: false });
  const prompt = script('Sweep.', commits('a.txt', 'a'));
  const first = await json('add-task', 'app', 'Sweep', '-d', prompt, '--every', '1d');
  expect(first).toMatchObject({ every: '1d', notBefore: null, nextId: null });
  await json('launch', '1');
  await turnEnds(1);
  await reaches(1, 'in_review');
  expect((await claustre('done', '1', '--yes')).exitCode).toBe(0);
  await waitFor('the next one', async () => (await show(1)).nextId === 2);
  const next = await show(2);
  expect(next).toMatchObject({ title: 'Sweep', prompt, status: 'pending', every: '1d' });
  expect(Date.parse(next.notBefore ?? '') - Date.now()).toBeGreaterThan(23 * 60 * 60_000);
  expect((await claustre('show', '2')).stdout).toMatch(/repeats +every day/);
  expect(await json('edit', '2', '--every', 'none', '--at', 'none')).toMatchObject({
    every: null,
    notBefore: null,
  });
});
