import { expect, test } from 'vitest';
import { calendarOf, projectStatistics } from '#domain/statistics.ts';
import type { TaskStatus } from '#domain/task.ts';

const NOW = new Date(2026, 0, 8, 15, 30).getTime();
const DAY = 24 * 60 * 60_000;

function task(id: number, status: TaskStatus, daysAgo: number | null = null) {
  const completedAt = daysAgo === null ? null : new Date(NOW - daysAgo * DAY).toISOString();
  return { id, status, completedAt };
}

const used = (
  costUsd: number | null,
  workedMs: number | null,
  inputTokens: number | null = null,
) => ({
  costUsd,
  workedMs,
  inputTokens,
  outputTokens: inputTokens,
});

test('a week begins on Monday, a day at midnight', () => {
  expect(calendarOf(NOW)).toEqual({
    today: new Date(2026, 0, 8).getTime(),
    week: new Date(2026, 0, 5).getTime(),
  });
  const sunday = new Date(2026, 0, 11, 23).getTime();
  expect(calendarOf(sunday).week).toBe(new Date(2026, 0, 5).getTime());
  const monday = new Date(2026, 0, 5).getTime();
  expect(calendarOf(monday)).toEqual({ today: monday, week: monday });
});

test('tasks are counted by status, and those done by the time when they were', () => {
  const tasks = [
    task(1, 'done', 0),
    task(2, 'done', 2),
    task(3, 'done', 20),
    task(4, 'error'),
    task(5, 'pending'),
    task(6, 'pending'),
  ];
  const merged = new Map([
    [2, { state: 'merged' as const }],
    [4, { state: 'merged' as const }],
    [3, { state: 'closed' as const }],
  ]);
  expect(projectStatistics(tasks, new Map(), merged, calendarOf(NOW))).toMatchObject({
    tasks: 6,
    byStatus: { done: 3, error: 1, pending: 2 },
    done: 3,
    doneToday: 1,
    doneThisWeek: 2,
    merged: 1,
  });
});

test('sums leave out what is not known, and averages are of done tasks of which it is known', () => {
  const usage = new Map([
    [1, used(1, 10 * 60_000, 100)],
    [2, used(null, 20 * 60_000)],
    [3, used(5, 5 * 60_000, 50)],
    [9, used(100, 100, 100)],
  ]);
  const tasks = [task(1, 'done', 1), task(2, 'done', 1), task(3, 'working'), task(4, 'done', 1)];
  expect(projectStatistics(tasks, usage, new Map(), calendarOf(NOW))).toMatchObject({
    costUsd: 6,
    inputTokens: 150,
    outputTokens: 150,
    workedMs: 35 * 60_000,
    averageWorkedMs: 15 * 60_000,
    averageCostUsd: 1,
  });
});

test('unknown stays unknown', () => {
  expect(
    projectStatistics([task(1, 'done', 1)], new Map(), new Map(), calendarOf(NOW)),
  ).toMatchObject({
    costUsd: null,
    workedMs: null,
    averageWorkedMs: null,
    averageCostUsd: null,
    inputTokens: null,
  });
});
