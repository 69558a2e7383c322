import { describe, expect, test } from 'vitest';
import { countsOf, doneOf, queueOf } from '#tui/queue.ts';
import { aRow, aSnapshot, troubleSnapshot } from '../support/snapshots.ts';

describe('the queue', () => {
  test('is in the order in which a person acts, done last', () => {
    const { rows } = queueOf(troubleSnapshot(), 1, '');
    expect(rows.map(({ id }) => id)).toEqual([11, 10, 9, 3, 12, 1, 2, 14, 4, 5, 13, 6, 7]);
  });

  test('knows the place of each task', () => {
    const { rows, places } = queueOf(troubleSnapshot(), 1, '');
    for (const [place, { id }] of rows.entries()) expect(places.get(id)).toBe(place);
  });

  test.each([
    ['CARTS', [10]],
    ['#1', [11, 10, 12, 1, 14, 13]],
    ['no such words', []],
  ])('the filter %s finds %j', (filter, ids) => {
    expect(queueOf(troubleSnapshot(), 1, filter).rows.map(({ id }) => id)).toEqual(ids);
  });

  test('keeps the order that it had: rows change in their places, gone ones leave, new ones stand below', () => {
    const kept = [1, 2, 3].map((id) => aRow(id));
    const tasks = [aRow(1), aRow(3, { status: 'error', title: 'new' }), aRow(4, { priority: 0 })];
    const snapshot = aSnapshot({ tasks });
    expect(queueOf(snapshot, 1, '').rows.map(({ id }) => id)).toEqual([3, 4, 1]);
    const { rows, places } = queueOf(snapshot, 1, '', kept);
    expect(rows.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(rows[1]).toMatchObject({ status: 'error', title: 'new' });
    expect(places.get(4)).toBe(2);
    expect(queueOf(snapshot, 1, '', kept).rows).toBe(rows);
    expect(queueOf(snapshot, 1, 'new', kept).rows.map(({ id }) => id)).toEqual([3]);
    expect(queueOf(snapshot, 1, '', tasks)).toBe(queueOf(snapshot, 1, ''));
  });

  test('keeps the tasks that were finished last; a filter finds the others, too', () => {
    const tasks = Array.from({ length: 9 }, (_, index) => {
      const completedAt = `2026-01-0${index + 1}T00:00:00.000Z`;
      return aRow(index + 1, { status: 'done', completedAt, title: `Task ${index + 1}` });
    });
    const snapshot = aSnapshot({ tasks: [aRow(20), ...tasks] });
    const queue = queueOf(snapshot, 1, '');
    expect(queue.rows.map(({ id }) => id)).toEqual([20, 9, 8, 7, 6, 5]);
    expect(queue.hidden).toBe(4);
    expect(queueOf(snapshot, 1, 'task 2').rows.map(({ id }) => id)).toEqual([2]);
    expect(doneOf(snapshot, 1, '')).toHaveLength(9);
    expect(doneOf(snapshot, 1, 'TASK 3').map(({ id }) => id)).toEqual([3]);
    expect(doneOf(snapshot, 2, '')).toEqual([]);
  });

  test('is sorted once for ten thousand tasks, however often it is asked for', () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => aRow(index + 1));
    const snapshot = aSnapshot({ tasks });
    const first = queueOf(snapshot, 1, '');
    const begun = performance.now();
    for (let frame = 0; frame < 1_000; frame += 1) expect(queueOf(snapshot, 1, '')).toBe(first);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

test('tasks are counted by status', () => {
  const snapshot = troubleSnapshot();
  expect(countsOf(snapshot, 1)).toMatchObject({ working: 3, pending: 3, done: 1, conflict: 1 });
  expect(countsOf(snapshot, 3)).toEqual({});
});
