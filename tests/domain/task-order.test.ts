import { expect, test } from 'vitest';
import type { TaskStatus } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';

test('the queue is ordered by status, priority, hand and age, with done last', () => {
  const task = (id: number, status: TaskStatus, priority = 2, position = id) => ({
    id,
    status,
    priority,
    position,
    completedAt: null,
  });
  const tasks = [
    task(1, 'done'),
    task(2, 'pending'),
    task(3, 'pending', 0),
    task(4, 'conflict'),
    task(5, 'pending', 2, 1),
  ];
  expect(tasks.sort(compareTasks).map((each) => each.id)).toEqual([4, 3, 5, 2, 1]);
});
