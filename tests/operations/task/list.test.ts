import { expect, test } from 'vitest';
import { listTasks } from '#operations/task/list.ts';
import { showTask } from '#operations/task/show.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('the list holds what show shows, in the order of the queue', async () => {
  const shop = workshop();
  const pending = shop.addTask();
  const { id, session } = await launchedTask(shop);
  shop.tmux.kill(session.id);
  const listed = granted(await listTasks.run(shop.app, { project: 'app' }));
  expect(listed.map((task) => task.id)).toEqual([id, pending.id]);
  // What speaks for a merge is read for one task only.
  const shown = granted(await showTask.run(shop.app, { task: id }));
  expect(listed[0]).toEqual({ ...shown, proof: null });
});

test('of a status only those are listed', async () => {
  const shop = workshop();
  shop.addTask({ status: 'draft' });
  shop.addTask();
  const drafts = granted(await listTasks.run(shop.app, { project: 'app', status: 'draft' }));
  expect(drafts.map((task) => task.status)).toEqual(['draft']);
  refused(await listTasks.run(shop.app, { project: 'nobody' }));
});
