import { expect, test } from 'vitest';
import { printQueue } from '#cli/print/queue.ts';
import type { ProjectQueue, QueueStatus } from '#operations/queue/status.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const SHEET = { width: 80, paint: (_style: unknown, text: string) => text, now: NOW };

const project = (more: Partial<ProjectQueue> = {}): ProjectQueue => ({
  project: 'app',
  queue: 'runs',
  slots: { used: 0, limit: null },
  working: [],
  starting: [],
  waiting: [],
  ...more,
});
const status = (more: Partial<QueueStatus> = {}): QueueStatus => ({
  paused: null,
  slots: { used: 2, limit: 3 },
  projects: [project()],
  limits: [],
  ...more,
});
const waiting = (id: number) => ({
  ...{ id, title: `Task ${id}`, kind: 'slot' as const },
  ...{ text: 'no free slot', until: null, remedy: null },
});

test('the whole of it: switch, slots, limits, what works, what starts, why the rest waits', () => {
  const paused = { since: '2026-01-01T11:48:00.000Z', reason: 'lunch\u0007' };
  const limits = [{ window: 'five_hour', usedPercent: 41.6, resetsAt: null, readAt: paused.since }];
  const app = project({
    slots: { used: 2, limit: 2 },
    working: [1, 2],
    starting: [3],
    waiting: [waiting(4)],
  });
  expect(printQueue(status({ paused, limits, projects: [app] }), SHEET).split('\n')).toEqual([
    'Everything is paused (12m ago): lunch',
    '2 of 3 slots are taken.',
    '41 % of the 5 h limit is used.',
    '',
    'app: the queue runs (2 of 2 slots)',
    'working  #1, #2',
    'starts   #3',
    'ID  TITLE   WAITS',
    '#4  Task 4  no free slot',
  ]);
});

test('of many that wait the first are shown, and an empty queue says so', () => {
  const many = Array.from({ length: 25 }, (_, index) => waiting(index + 1));
  const lines = printQueue(status({ projects: [project({ waiting: many })] }), SHEET);
  expect(lines).toContain('and 5 more wait');
  expect(printQueue(status({ projects: [project({ queue: 'rests' })] }), SHEET)).toContain(
    'app: the queue rests\nnothing is pending',
  );
});
