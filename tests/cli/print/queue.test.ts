import { expect, test } from 'vitest';
import { printQueue } from '#cli/print/queue.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import type { ProjectQueue, QueueStatus } from '#operations/queue/status.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const SHEET = { width: 80, paint: (_style: unknown, text: string) => text, now: NOW };

const project = (more: Partial<ProjectQueue> = {}): ProjectQueue => ({
  project: 'app',
  queue: 'runs',
  slots: { used: 0, limit: null },
  working: [],
  asking: [],
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
  const read = { readAt: paused.since };
  const limits = [
    { window: 'five_hour', usedPercent: 41.6, resetsAt: null, ...read },
    { window: 'seven_day', usedPercent: 12, resetsAt: '2026-01-01T13:30:00.000Z', ...read },
    { window: 'unnamed', usedPercent: 100, resetsAt: '2026-01-01T11:59:00.000Z', ...read },
  ];
  const app = project({
    slots: { used: 2, limit: 2 },
    working: [1, 2],
    asking: [5],
    starting: [3],
    waiting: [waiting(4)],
  });
  expect(printQueue(status({ paused, limits, projects: [app] }), SHEET).split('\n')).toEqual([
    'Everything is paused (12m ago): lunch',
    '2 of 3 slots are taken.',
    '5 h limit: 42% used',
    `7 day limit: 12% used until ${formatMoment(Date.parse('2026-01-01T13:30:00.000Z'), NOW)}`,
    '',
    'app: the queue runs (2 of 2 slots)',
    'working  #1, #2',
    'asks you #5',
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
