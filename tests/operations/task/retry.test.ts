import { expect, test } from 'vitest';
import { launchTask } from '#operations/task/launch.ts';
import { retryTask } from '#operations/task/retry.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('retry takes an error back to pending and launches it', async () => {
  const shop = workshop();
  const { id } = shop.addTask({ status: 'error' });
  const no = refused(await launchTask.run(shop.app, { task: [id] }));
  expect(no.hint).toContain(`claustre retry ${id}`);
  granted(await retryTask.run(shop.app, { task: id }));
  expect(shop.task(id).status).toBe('working');
});

test('retry runs a failed setup again, in the worktree that was kept', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const event = { kind: 'task.setup_fail', source: 'hook', at: '' } as const;
  const held = { held: 'setup failed' };
  shop.app.store.write(() => shop.app.store.tasks.setStatus(id, 'working', 'pending', held, event));
  granted(await retryTask.run(shop.app, { task: id }));
  expect(shop.task(id)).toMatchObject({ status: 'working', held: null });
  expect(shop.tmux.started.map((each) => each.cwd)).toEqual([session.worktree, session.worktree]);
});
