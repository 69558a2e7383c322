import { expect, test } from 'vitest';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, refused, taskAtWork, workshop } from '../../support/workshop.ts';

test('restore refuses what is not there, and what would be laid over an open session', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  expect(refused(await restoreTask.run(shop.app, { task: id })).code).toBe('not_found');
  granted(await killTask.run(shop.app, { task: id }));
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(refused(await restoreTask.run(shop.app, { task: id })).reason).toContain('open session');
});
