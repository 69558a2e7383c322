import { expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { finishTask } from '#operations/task/done.ts';
import { granted, launchedTask, workshop } from '../../support/workshop.ts';

test.each(TASK_STATUSES.filter((status) => status !== 'done'))(
  'a person can finish a task without a session that is %s',
  async (status) => {
    const shop = workshop();
    const { id } = shop.addTask({ status });
    expect(granted(await finishTask.run(shop.app, { task: id })).trash?.ref).toBeNull();
    expect(shop.task(id).status).toBe('done');
    expect(shop.task(id).completedAt).not.toBeNull();
  },
);

test('a question is asked only where a session ends', async () => {
  const shop = workshop();
  const idle = shop.addTask();
  const { id } = await launchedTask(shop);
  const ask = (task: number) => finishTask.command?.confirm?.(shop.app, { task });
  expect(await ask(idle.id)).toBeNull();
  expect(await ask(id)).toContain(`Finish #${id}`);
});

test('the question says that an open pull request stays open', async () => {
  const shop = workshop();
  const { id } = await launchedTask(shop, { push: 'pr' });
  const { store, clock } = shop.app;
  const address = { host: 'github.com', repository: 'acme/app', number: 7 };
  const url = 'https://github.com/acme/app/pull/7';
  const row = unreadPullRequest({ taskId: id, ...address, url, createdAt: clock.iso() });
  const event = { kind: 'x', source: 'supervisor', at: clock.iso() } as const;
  store.write(() => store.pullRequests.add({ ...row, state: 'open' }, event));
  const question = await finishTask.command?.confirm?.(shop.app, { task: id });
  expect(question).toMatch(/Its pull request #7 stays open\.$/);
});
