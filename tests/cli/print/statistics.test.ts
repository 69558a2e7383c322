import { expect, test } from 'vitest';
import { printHistory, printStatistics } from '#cli/print/statistics.ts';
import { createPaint } from '#cli/style.ts';

const NOW = Date.parse('2026-01-02T12:00:00.000Z');
const SHEET = { width: 80, paint: createPaint(false), now: NOW };
const MINUTE = 60_000;

test('statistics say what is known, and ? for the rest', () => {
  const found = {
    project: 'app',
    path: '/repos/app',
    tasks: 4,
    byStatus: { done: 3, in_review: 1 },
    done: 3,
    doneToday: 1,
    doneThisWeek: 2,
    merged: 2,
    inputTokens: 1_200_000,
    outputTokens: 45_000,
    costUsd: null,
    workedMs: 95 * MINUTE,
    averageWorkedMs: 30 * MINUTE,
    averageCostUsd: null,
    sessions: 5,
  };
  expect(printStatistics(found, SHEET)).toBe(
    `app
path      /repos/app
tasks     4, 1 in review, 3 done
done      1 today, 2 this week, 3 in all
merged    2 as pull requests
sessions  5
worked    1h 35m, 30m a task done
tokens    1.2M in, 45k out
cost      ?, ? a task done`,
  );
});

test('the history has a line for each finished task', () => {
  const entry = {
    id: 7,
    title: 'Fix the login',
    completedAt: new Date(NOW - 3 * 60 * MINUTE).toISOString(),
    inputTokens: null,
    outputTokens: null,
    costUsd: 1.5,
    workedMs: 12 * MINUTE,
    pullRequest: { number: 4, url: 'u', state: 'merged' },
  };
  const old = { ...entry, id: 3, completedAt: null, costUsd: null, workedMs: null };
  expect(printHistory([entry, { ...old, pullRequest: null }], SHEET)).toBe(
    `ID    DONE  TITLE          WORKED   COST  PR
#7  3h ago  Fix the login     12m  $1.50  #4
#3       ?  Fix the login       ?      ?`,
  );
  expect(printHistory([], SHEET)).toBe('No task is done yet.');
});
