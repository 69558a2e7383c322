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

test.each(['killed', 'setup failed', 'launch failed'])(
  'a pending task that is held (%s) is settled: nobody works on it',
  async (held) => {
    const shop = workshop();
    const { id } = shop.addTask({ held });
    const [view] = granted(await waitForTask.run(shop.app, { task: [id], timeout: 5 }));
    expect(view?.status).toBe('pending');
  },
);

test('a pending task that nothing holds is not settled', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  expect(refused(await waitForTask.run(shop.app, { task: [id], timeout: 5 })).code).toBe('timeout');
});

test.each([
  [{ status: 'pending', held: 'killed' }, 'pending (killed)', 'claustre launch'],
  [{ status: 'pending', held: 'setup failed' }, 'pending (setup failed)', 'claustre retry'],
  [{ status: 'done' }, 'done', 'claustre restore'],
] as const)(
  'waiting for what cannot come without a person is refused at once: %o',
  async (task, state, command) => {
    const shop = workshop();
    const { id } = shop.addTask(task);
    const no = refused(await waitForTask.run(shop.app, { task: [id], for: 'in_review' }));
    expect(no).toMatchObject({
      code: 'refused',
      reason: `#${id} is ${state} and does not become in_review by itself.`,
      hint: expect.stringContaining(`${command} ${id}`),
    });
  },
);

test('a held task is pending for whoever waits for that', async () => {
  const shop = workshop();
  const { id } = shop.addTask({ held: 'killed' });
  const [view] = granted(await waitForTask.run(shop.app, { task: [id], for: 'pending' }));
  expect(view?.id).toBe(id);
});
