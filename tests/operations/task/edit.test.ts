import { describe, expect, test } from 'vitest';
import { editTask } from '#operations/task/edit.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

function edit(shop: Workshop, id: number, fields: Record<string, unknown>) {
  return editTask.run(shop.app, editTask.input.parse({ task: id, ...fields }));
}

describe('an edit', () => {
  test('changes only what is named', async () => {
    const shop = workshop();
    const task = shop.addTask({ base: 'develop', loop: true });
    const after = granted(await edit(shop, task.id, { title: 'New', priority: '0' }));
    expect(after).toMatchObject({
      title: 'New',
      priority: 0,
      base: 'develop',
      loop: true,
      prompt: 'Do it.',
    });
  });

  test('empties base and branch', async () => {
    const shop = workshop();
    const task = shop.addTask({ base: 'develop', branch: 'mine' });
    const after = granted(await edit(shop, task.id, { base: '', branch: ' ' }));
    expect(after).toMatchObject({ base: 'main', branch: null });
  });

  test('gives a task its own word on fixing, and takes it back', async () => {
    const shop = workshop();
    const task = shop.addTask();
    const own = () => shop.app.store.tasks.find(task.id)?.fix;
    granted(await edit(shop, task.id, { fix: 'off' }));
    expect(own()).toBe('off');
    granted(await edit(shop, task.id, { title: 'New' }));
    expect(own()).toBe('off');
    granted(await edit(shop, task.id, { fix: 'settings' }));
    expect(own()).toBeNull();
  });

  test('lets a title that came from the prompt follow it', async () => {
    const shop = workshop();
    const derived = shop.addTask({ title: 'Do it.', prompt: 'Do it.' });
    const chosen = shop.addTask({ title: 'Chosen', prompt: 'Do it.' });
    expect(granted(await edit(shop, derived.id, { description: 'Other' })).title).toBe('Other');
    expect(granted(await edit(shop, chosen.id, { description: 'Other' })).title).toBe('Chosen');
  });

  test('submits a draft, and makes one', async () => {
    const shop = workshop();
    const task = shop.addTask({ status: 'draft' });
    expect(granted(await edit(shop, task.id, { submit: true })).status).toBe('pending');
    expect(granted(await edit(shop, task.id, { submit: true })).status).toBe('pending');
    expect(granted(await edit(shop, task.id, { draft: true })).status).toBe('draft');
  });

  test('refuses a circle and prints it', async () => {
    const shop = workshop();
    const one = shop.addTask();
    const two = shop.addTask();
    granted(await edit(shop, two.id, { after: [one.id] }));
    const no = refused(await edit(shop, one.id, { after: [two.id] }));
    expect(no.reason).toBe(
      `These tasks would wait for each other: #${one.id} → #${two.id} → #${one.id}.`,
    );
    expect(shop.app.store.tasks.after(one.id)).toEqual([]);
  });
});

test('the order to Claude cannot be changed once it has it; priority and loop can', async () => {
  const shop = workshop();
  const task = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  expect(refused(await edit(shop, task.id, { description: 'x' })).reason).toContain(
    'with Claude already',
  );
  expect(granted(await edit(shop, task.id, { priority: 1, loop: true }))).toMatchObject({
    priority: 1,
    loop: true,
  });
});

test.each([
  ['draft', { draft: true }],
  ['submit', { submit: true }],
])('an edit whose --%s does not apply changes nothing', async (_which, fields) => {
  const shop = workshop();
  const task = shop.addTask({ priority: 2 });
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  refused(await edit(shop, task.id, { priority: 0, ...fields }));
  expect(shop.task(task.id).priority).toBe(2);
});
