import { expect, test } from 'vitest';
import { compareDone, whyNotMove } from '#domain/finished.ts';

test('done tasks stand in the order in which they ended, the last one first', () => {
  const tasks = [
    { id: 1, completedAt: '2026-01-01T00:00:00.000Z' },
    { id: 2, completedAt: null },
    { id: 3, completedAt: '2026-01-02T00:00:00.000Z' },
    { id: 4, completedAt: '2026-01-01T00:00:00.000Z' },
  ];
  expect(tasks.sort(compareDone).map(({ id }) => id)).toEqual([3, 4, 1, 2]);
});

test('a task that is done has no place of its own to be moved from', () => {
  expect(whyNotMove({ id: 1, status: 'done' })?.reason).toContain('#1 is done');
  expect(whyNotMove({ id: 1, status: 'working' })).toBeUndefined();
});
