import { expect, test } from 'vitest';
import { projectStats } from '#operations/project/stats.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('the statistics of a project are of its own tasks', async () => {
  const shop = workshop();
  shop.addTask({ status: 'done', completedAt: shop.app.clock.iso() });
  await launchedTask(shop);
  const found = granted(await projectStats.run(shop.app, { project: 'app' }));
  expect(found).toMatchObject({
    project: 'app',
    tasks: 2,
    byStatus: { done: 1, working: 1 },
    done: 1,
    sessions: 1,
    costUsd: null,
  });
  expect(refused(await projectStats.run(shop.app, { project: 'nope' })).code).toBe('not_found');
});
