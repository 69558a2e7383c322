import { describe, expect, test } from 'vitest';
import { undoAction } from '#operations/action/undo.ts';
import { finishTask } from '#operations/task/done.ts';
import { editTask } from '#operations/task/edit.ts';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { whyTask } from '#operations/task/why.ts';
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

describe('what waited for a removed task', () => {
  test('is held, until the task is back', async () => {
    const { app, addTask } = workshop();
    const [parent, child, draft] = [addTask(), addTask(), addTask({ status: 'draft' })];
    const event = { kind: 'test', source: 'person', at: '' } as const;
    app.store.write(() => {
      for (const { id } of [child, draft]) app.store.tasks.setAfter(id, [parent.id], event);
    });
    const heldOf = ({ id }: { id: number }) => app.store.tasks.find(id)?.held;
    const question = await removeTask.command?.confirm?.(app, { task: parent.id });
    expect(question).toContain(`#${child.id} and #${draft.id} wait for it and will be held.`);
    granted(await removeTask.run(app, { task: parent.id }));
    expect([child, draft].map(heldOf)).toEqual(Array(2).fill(`#${parent.id} was removed`));
    expect(granted(await whyTask.run(app, { task: child.id })).why).toBe(
      `#${child.id} waits: held: #${parent.id} was removed. \`claustre edit ${child.id} --after none\` lets it wait for nothing more.`,
    );
    granted(await undoAction.run(app, {}));
    expect([child, draft].map(heldOf)).toEqual([null, null]);
    expect(app.store.tasks.openBefore(child.id)).toMatchObject([{ id: parent.id }]);
  });

  test('is free when a person says what it waits for now', async () => {
    const { app, addTask } = workshop();
    const [parent, child] = [addTask(), addTask()];
    const event = { kind: 'test', source: 'person', at: '' } as const;
    app.store.write(() => app.store.tasks.setAfter(child.id, [parent.id], event));
    granted(await removeTask.run(app, { task: parent.id }));
    const input = editTask.input.parse({ task: child.id, after: ['none'] });
    expect(granted(await editTask.run(app, input)).waits).toBeNull();
  });

  test('is not held when the task was done, or when it has begun', async () => {
    const { app, addTask } = workshop();
    const [done, child, begun] = [
      addTask({ status: 'done' }),
      addTask(),
      addTask({ status: 'working' }),
    ];
    const event = { kind: 'test', source: 'person', at: '' } as const;
    app.store.write(() => {
      for (const { id } of [child, begun]) app.store.tasks.setAfter(id, [done.id], event);
    });
    granted(await removeTask.run(app, { task: done.id }));
    expect(app.store.tasks.find(child.id)?.held).toBeNull();
    expect(app.store.tasks.find(begun.id)?.held).toBeNull();
  });
});

test('a task that others wait for is called done only after a question, also without a session', async () => {
  const { app, addTask } = workshop();
  const [parent, child] = [addTask(), addTask()];
  const event = { kind: 'test', source: 'person', at: '' } as const;
  const question = () => finishTask.command?.confirm?.(app, { task: parent.id });
  expect(await question()).toBeNull();
  app.store.write(() => app.store.tasks.setAfter(child.id, [parent.id], event));
  expect(await question()).toBe(
    `Finish #${parent.id} "A task"? #${child.id} waits for it and may begin then.`,
  );
  granted(await finishTask.run(app, { task: parent.id }));
  expect(await question()).toBeNull();
});
