import { expect, test } from 'vitest';
import { taskEvents } from '#operations/task/events.ts';
import { granted, launchedTask, workshop } from '../../support/workshop.ts';

test('the events of a task tell its story in order, the last ones when there are many', async () => {
  const shop = workshop();
  const { id } = await launchedTask(shop);
  const kinds = async (limit: number) =>
    granted(await taskEvents.run(shop.app, { task: id, limit })).map((event) => event.kind);
  expect(await kinds(100)).toEqual([
    'task.add',
    'task.launch',
    'session.open',
    'session.worktree',
    'session.start',
  ]);
  expect(await kinds(2)).toEqual(['session.worktree', 'session.start']);
});
