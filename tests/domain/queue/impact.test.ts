import { expect, test } from 'vitest';
import type { Until } from '#domain/dependency.ts';
import { type Ending, impactWords, isRemovedHold, removedHold } from '#domain/queue/impact.ts';
import type { TaskStatus } from '#domain/task.ts';

const edge = (taskId: number, afterId: number, until: Until = 'done') => ({
  taskId,
  afterId,
  until,
});
const EDGES = [
  edge(2, 1),
  edge(3, 1),
  edge(4, 1, 'merged'),
  edge(5, 2),
  edge(6, 5),
  edge(6, 3),
  edge(7, 1),
];
const STATUSES: Record<number, TaskStatus> = { 7: 'working' };

function words(id: number, ending: Ending, isUnmerged = true): string | null {
  return impactWords(id, ending, EDGES, (each) => STATUSES[each] ?? 'pending', isUnmerged);
}

test.each<[Ending, string]>([
  ['kill', '#2, #3 and #4 wait for it and cannot begin before it is launched again.'],
  ['remove', '#2, #3 and #4 wait for it and will be held.'],
  [
    'done',
    '#2 and #3 wait for it and may begin then. #4 waits for its merge and cannot begin before that.',
  ],
])('%s says who waits for the task', (ending, said) => {
  expect(words(1, ending)).toBe(`${said} 2 more wait for these.`);
});

test('one without a pull request frees those that wait for its merge, too', () => {
  expect(words(1, 'done', false)).toContain('#2, #3 and #4 wait for it and may begin then.');
});

test('one that nobody waits for has nothing to say', () => {
  expect(words(6, 'kill')).toBeNull();
  expect(words(5, 'kill')).toBe('#6 waits for it and cannot begin before it is launched again.');
});

test('what holds a task whose parent was removed is known again', () => {
  expect(isRemovedHold(removedHold(12))).toBe(true);
  expect(isRemovedHold('killed')).toBe(false);
  expect(isRemovedHold(null)).toBe(false);
});
