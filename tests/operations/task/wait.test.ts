import { expect, test } from 'vitest';
import { waitForTask } from '#operations/task/wait.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('waiting ends when every task has the status', async () => {
  const shop = workshop();
  const done = shop.addTask({ status: 'done' });
  const review = shop.addTask({ status: 'in_review' });
  const views = granted(await waitForTask.run(shop.app, { task: [done.id, review.id] }));
  expect(views.map((view) => view.status)).toEqual(['done', 'in_review']);
});

test('waiting sees that a Claude has died, although nobody wrote it down', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.tmux.kill(session.id);
  const [view] = granted(await waitForTask.run(shop.app, { task: [id], timeout: 5 }));
  expect(view?.status).toBe('interrupted');
});

test('waiting gives up after its time, with the code for that', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  const no = refused(await waitForTask.run(shop.app, { task: [id], timeout: 5, for: 'done' }));
  expect(no).toMatchObject({
    code: 'timeout',
    reason: `Waited 5 s for done; #${id} is pending.`,
  });
});
