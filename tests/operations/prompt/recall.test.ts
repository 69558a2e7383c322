import { expect, test } from 'vitest';
import { recallPrompts } from '#operations/prompt/recall.ts';
import { addProject, addTask, fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

test('the prompts of the project come newest first, none twice in a row, a window at a time', async () => {
  const app = fakeApp();
  const own = addProject(app);
  const other = addProject(app, { name: 'other' });
  for (let index = 1; index <= 60; index += 1) addTask(app, own, { prompt: `prompt ${index}` });
  addTask(app, other, { prompt: 'not this' });
  addTask(app, own, { prompt: '' });
  addTask(app, own, { prompt: 'prompt 60' });
  const first = granted(await recallPrompts.run(app, { project: 'app', before: null }));
  expect(first.prompts.slice(0, 3)).toEqual(['prompt 60', 'prompt 59', 'prompt 58']);
  const second = granted(await recallPrompts.run(app, { project: 'app', before: first.before }));
  expect(second.prompts.at(-1)).toBe('prompt 1');
  expect(second.before).toBeNull();
  expect([...first.prompts, ...second.prompts]).toHaveLength(60);
});

test('an unknown project is refused', async () => {
  expect(refused(await recallPrompts.run(fakeApp(), { project: 'x', before: null }))).toBeTruthy();
});
