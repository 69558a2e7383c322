import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Task, TaskStatus } from './task.ts';
import type { Usage } from './usage.ts';

/** What came of the tasks of a project. Sums leave out what is not known; null when nothing of it is. */
export interface Statistics {
  tasks: number;
  /** How many tasks stand in each status; statuses without tasks are absent. */
  byStatus: Partial<Record<TaskStatus, number>>;
  done: number;
  /** Done since midnight, and since Monday, on the clock of this machine. */
  doneToday: number;
  doneThisWeek: number;
  /** Done tasks whose pull request was merged. */
  merged: number;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  /** Milliseconds in which Claude worked; neither waiting for an answer nor for a review counts. */
  workedMs: number | null;
  /** Of a done task of which it is known. */
  averageWorkedMs: number | null;
  averageCostUsd: number | null;
}

/** The beginnings of the day and the week (on Monday) of a moment, in milliseconds since 1970; local time. */
export function calendarOf(now: number): { today: number; week: number } {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  const today = day.getTime();
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return { today, week: day.getTime() };
}

/** Adds up the tasks of a project. `usage` and `pullRequests` are by task id and may hold those of others. */
export function projectStatistics(
  tasks: Iterable<Pick<Task, 'id' | 'status' | 'completedAt'>>,
  usage: ReadonlyMap<number, Usage>,
  pullRequests: ReadonlyMap<number, Pick<PullRequest, 'state'>>,
  since: { today: number; week: number },
): Statistics {
  const found: Statistics = {
    ...{ tasks: 0, byStatus: {}, done: 0, doneToday: 0, doneThisWeek: 0, merged: 0 },
    ...{ inputTokens: null, outputTokens: null, costUsd: null, workedMs: null },
    ...{ averageWorkedMs: null, averageCostUsd: null },
  };
  const worked: number[] = [];
  const costs: number[] = [];
  for (const { id, status, completedAt } of tasks) {
    found.tasks += 1;
    found.byStatus[status] = (found.byStatus[status] ?? 0) + 1;
    const used = usage.get(id);
    for (const key of ['inputTokens', 'outputTokens', 'costUsd', 'workedMs'] as const) {
      const value = used?.[key] ?? null;
      if (value !== null) found[key] = (found[key] ?? 0) + value;
    }
    if (status !== 'done') continue;
    found.done += 1;
    if (pullRequests.get(id)?.state === 'merged') found.merged += 1;
    const at = completedAt === null ? 0 : Date.parse(completedAt);
    if (at >= since.today) found.doneToday += 1;
    if (at >= since.week) found.doneThisWeek += 1;
    if (used?.workedMs != null) worked.push(used.workedMs);
    if (used?.costUsd != null) costs.push(used.costUsd);
  }
  found.averageWorkedMs = average(worked);
  found.averageCostUsd = average(costs);
  return found;
}

function average(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
