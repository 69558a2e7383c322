import { expect, test } from 'vitest';
import { listProjects } from '#operations/project/list.ts';
import { granted, launchedTask, workshop } from '../../support/workshop.ts';

test('the list counts tasks by status and open sessions', async () => {
  const shop = workshop();
  shop.addTask({ status: 'draft' });
  await launchedTask(shop);
  const [project] = granted(await listProjects.run(shop.app, {}));
  expect(project).toMatchObject({ name: 'app', tasks: { draft: 1, working: 1 }, openSessions: 1 });
});
