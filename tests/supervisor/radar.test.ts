import { expect, test } from 'vitest';
import { createOpenSessions } from '#supervisor/open-sessions.ts';
import { radarDuty } from '#supervisor/radar.ts';
import { addProject, addSession, addTask, fakeApp } from '../support/fake-app.ts';

test('overlaps are written when they say something new, and looked for a few times a minute at most', async () => {
  const seen = { looks: 0, mark: 'as it was', files: ['a'] };
  const app = fakeApp({
    git: {
      workMark: () => seen.mark,
      writtenSince: () => false,
      touchedFiles: async () => {
        seen.looks += 1;
        return { head: 'h', files: seen.files, uncommitted: [] };
      },
      tryMerges: async (_, pairs) => pairs.map(() => ['a']),
    },
  });
  const duty = radarDuty(app, createOpenSessions(app));
  const project = addProject(app);
  for (let at = 0; at < 2; at += 1) addSession(app, addTask(app, project), { baseCommit: 'abc' });
  expect(await duty.run()).toBe(30_000);
  const told = { taskId: 1, otherId: 2, files: ['a'], conflicts: ['a'], readAt: app.clock.iso() };
  expect(app.store.snapshot().overlaps).toEqual([told]);
  const changes = app.store.ownChanges();
  app.clock.advance(5_000);
  expect(await duty.run()).toBe(25_000);
  app.clock.advance(25_000);
  seen.mark = 'changed';
  await duty.run();
  expect(seen.looks).toBe(4);
  expect(app.store.ownChanges()).toBe(changes);
  app.clock.advance(30_000);
  Object.assign(seen, { mark: 'again', files: [] });
  await duty.run();
  expect(app.store.snapshot().overlaps).toEqual([]);
});

test('a look that takes long is not taken again soon', async () => {
  const app = fakeApp({
    git: {
      workMark: () => 'as it was',
      writtenSince: () => false,
      touchedFiles: async () => {
        app.clock.advance(5_000);
        return { head: 'h', files: [], uncommitted: [] };
      },
    },
  });
  const duty = radarDuty(app, createOpenSessions(app));
  const project = addProject(app);
  for (let at = 0; at < 2; at += 1) addSession(app, addTask(app, project), { baseCommit: 'abc' });
  expect(await duty.run()).toBe(200_000);
});
