import { expect, test } from 'vitest';
import { listOverlaps } from '#operations/overlap/list.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

test('looks itself, at all projects or one', async () => {
  const app = fakeApp({
    git: {
      workMark: () => 'as it was',
      writtenSince: () => false,
      touchedFiles: async () => ({ head: 'h', files: ['a'], uncommitted: [] }),
      tryMerges: async (_, pairs) => pairs.map(() => null),
    },
  });
  for (const name of ['app', 'docs']) {
    const project = addProject(app, { name });
    for (let at = 0; at < 2; at += 1) addSession(app, addTask(app, project), { baseCommit: 'abc' });
  }
  const entry = { files: ['a'], conflicts: null, readAt: app.clock.iso() };
  const docs = { project: 'docs', task: 3, other: 4, ...entry };
  expect(await listOverlaps.run(app, {})).toEqual([
    { project: 'app', task: 1, other: 2, ...entry },
    docs,
  ]);
  expect(await listOverlaps.run(app, { project: 'docs' })).toEqual([docs]);
  expect(await listOverlaps.run(app, { project: 'none' })).toMatchObject({ code: 'not_found' });
});
