import { expect, test } from 'vitest';
import { removeProject } from '#operations/project/remove.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('a project with open sessions is not forgotten, and they are named', async () => {
  const shop = workshop();
  const { id } = await launchedTask(shop);
  expect(refused(await removeProject.run(shop.app, { name: 'app' })).reason).toContain(`#${id}`);
  expect(shop.app.store.projects.all()).toHaveLength(1);
});

test('a project goes with its tasks, and its repository stays', async () => {
  const shop = workshop();
  shop.addTask();
  const question = await removeProject.command?.confirm?.(shop.app, { name: 'app' });
  expect(question).toContain('its 1 task?');
  expect(granted(await removeProject.run(shop.app, { name: 'app' })).tasks).toBe(1);
  expect(shop.app.store.projects.all()).toEqual([]);
  expect(shop.repo.git('status', '--porcelain')).toBe('');
});
