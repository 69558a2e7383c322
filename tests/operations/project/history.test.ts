import { expect, test } from 'vitest';
import { projectHistory } from '#operations/project/history.ts';
import { addProject, addTask, fakeApp } from '../../support/fake-app.ts';
import { granted } from '../../support/workshop.ts';

test('the history lists what is done, the newest first, a window at a time', async () => {
  const app = fakeApp();
  const project = addProject(app);
  addTask(app, project, { title: 'still open' });
  for (const [day, title] of ['first', 'second', 'Third 100%', 'fourth'].entries()) {
    const completedAt = `2026-01-0${day + 1}T00:00:00.000Z`;
    addTask(app, project, { title, status: 'done', completedAt });
  }
  const titles = async (more: { search?: string; limit?: number; skip?: number } = {}) => {
    const input = { project: project.name, limit: 50, skip: 0, ...more };
    return granted(await projectHistory.run(app, input)).map(({ title }) => title);
  };
  expect(await titles()).toEqual(['fourth', 'Third 100%', 'second', 'first']);
  expect(await titles({ limit: 2, skip: 1 })).toEqual(['Third 100%', 'second']);
  expect(await titles({ search: 'third 100%' })).toEqual(['Third 100%']);
  expect(await titles({ search: '_' })).toEqual([]);
});
