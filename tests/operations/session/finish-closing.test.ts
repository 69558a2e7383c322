import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { moveSession } from '../../support/builders.ts';
import { granted, workshop } from '../../support/workshop.ts';

test('an end that a crash cut off is finished, by its own reason', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [id] }));
  const session = shop.app.store.sessions.openOf(id);
  const { git } = shop.app;
  shop.app.git = { ...git, saveWork: async () => Promise.reject(new Error('SIGKILL')) };
  await expect(killTask.run(shop.app, { task: id })).rejects.toThrow('SIGKILL');
  shop.app.git = git;
  expect(await finishClosing(shop.app)).toBe(0);
  moveSession(shop.app.store, session?.id ?? '', { state: 'closing', movedBy: 424_242 });
  expect(await finishClosing(shop.app)).toBe(1);
  expect(shop.task(id)).toMatchObject({ status: 'pending', held: 'killed' });
  expect(existsSync(session?.worktree ?? '')).toBe(false);
});

test('the open session of a task that is done is ended, saved like any other', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [id] }));
  const event = { kind: 'task.merge', source: 'supervisor', at: '' } as const;
  shop.app.store.write(() => shop.app.store.tasks.setStatus(id, 'working', 'done', {}, event));
  expect(await finishClosing(shop.app)).toBe(1);
  expect(shop.app.store.sessions.openOf(id)).toBeNull();
  expect(shop.app.store.trash.lastOf(id)?.reason).toBe('merge');
  expect(shop.task(id).status).toBe('done');
});

test('what works is left alone', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [id] }));
  shop.app.clock.advance(600_000);
  expect(await finishClosing(shop.app)).toBe(0);
  expect(shop.app.store.sessions.openOf(id)).not.toBeNull();
});
