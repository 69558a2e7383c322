import { expect, test } from 'vitest';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, taskAtWork, workshop } from '../../support/workshop.ts';

test('a removed task comes back with its row, steps and conversation', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  const event = { kind: 'task.edit', source: 'person', at: '' } as const;
  const { store } = shop.app;
  store.write(() => {
    store.tasks.setSubtasks(id, ['one', 'two'], event);
    store.tasks.setCriteria(id, ['It builds'], event);
    for (const each of store.tasks.criteria(id)) {
      store.tasks.setVerdict({ ...each, verdict: 'met', evidence: 'ran make' }, null);
    }
  });
  granted(await removeTask.run(shop.app, { task: id }));
  expect(shop.app.store.tasks.find(id)).toBeNull();
  const restored = granted(await restoreTask.run(shop.app, { task: id }));
  expect(restored.task).toMatchObject({ id, status: 'interrupted', title: 'A task' });
  expect(restored.task.subtasks.map((each) => each.text)).toEqual(['one', 'two']);
  expect(restored.task.criteria).toMatchObject([{ text: 'It builds', verdict: 'met' }]);
  expect(restored.task.session?.id).toBe(session.id);
});

test('a removed draft comes back as a draft', async () => {
  const shop = workshop();
  const task = shop.addTask({ status: 'draft' });
  granted(await removeTask.run(shop.app, { task: task.id }));
  const restored = granted(await restoreTask.run(shop.app, { task: task.id }));
  expect(restored.task).toMatchObject({ status: 'draft', session: null });
});
