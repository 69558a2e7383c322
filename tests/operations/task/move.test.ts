import { expect, test } from 'vitest';
import { compareTasks } from '#domain/task-order.ts';
import { moveTask } from '#operations/task/move.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

function order(shop: Workshop): number[] {
  return shop.app.store.tasks
    .ofProject(shop.project.id, null)
    .sort(compareTasks)
    .map((task) => task.id);
}

test('a task moves one place among its own kind, and stops at the ends', async () => {
  const shop = workshop();
  const [a, b, c] = [shop.addTask(), shop.addTask(), shop.addTask()].map((task) => task.id);
  const done = shop.addTask({ status: 'done' });
  const move = (id: number | undefined, direction: 'up' | 'down') =>
    moveTask.run(shop.app, { task: id ?? 0, direction });
  granted(await move(c, 'up'));
  expect(order(shop).slice(0, 3)).toEqual([a, c, b]);
  granted(await move(a, 'down'));
  expect(order(shop).slice(0, 3)).toEqual([c, a, b]);
  expect(refused(await move(c, 'up')).reason).toContain('first');
  expect(refused(await move(b, 'down')).reason).toContain('last');
  expect(refused(await move(done.id, 'up')).reason).toContain('is done');
});

test('a move past a task of another priority takes that priority', async () => {
  const shop = workshop();
  const urgent = shop.addTask({ priority: 0 });
  const normal = shop.addTask();
  granted(await moveTask.run(shop.app, { task: normal.id, direction: 'up' }));
  expect(order(shop)).toEqual([normal.id, urgent.id]);
  expect(shop.task(normal.id).priority).toBe(0);
});
