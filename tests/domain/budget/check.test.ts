import { expect, test } from 'vitest';
import { createBook } from '#domain/budget/book.ts';
import type { BudgetRaise, BudgetSettings, TaskSpent } from '#domain/budget/budget.ts';
import {
  budgetWait,
  overdrawn,
  raiseCommand,
  spentWords,
  thresholdOf,
} from '#domain/budget/check.ts';

const NOW = new Date(2026, 10, 20, 14, 0).getTime();
const MIDNIGHT = new Date(2026, 10, 21).getTime();
const TASK = { id: 12, projectId: 1 };
const NO_CAPS: BudgetSettings = {
  ...{ attemptUsd: null, taskUsd: null, projectUsd: null, projectDayUsd: null },
  ...{ dayUsd: null, totalUsd: null, onUnknownCost: 'go_on' },
};
const spent = (taskId: number, usd: number, today = 0, more: Partial<TaskSpent> = {}) => ({
  ...{ taskId, projectId: 1, all: { usd, unknown: 0 }, today: { usd: today, unknown: 0 } },
  ...more,
});
const raise = (more: Partial<BudgetRaise>): BudgetRaise => ({
  ...{ id: 1, scope: 'task', taskId: 12, projectId: null, usd: 5, reason: 'It is worth it.' },
  at: new Date(NOW).toISOString(),
  ...more,
});
const book = (rows: TaskSpent[], raises: BudgetRaise[] = []) => createBook(rows, raises, NOW);
const wait = (rows: TaskSpent[], caps: Partial<BudgetSettings>, raises: BudgetRaise[] = []) =>
  budgetWait(TASK, book(rows, raises), { ...NO_CAPS, ...caps }, NOW, 'app');

test('without a cap nothing is held', () => {
  expect(wait([spent(12, 1_000_000)], {})).toBeNull();
});

test.each([
  [{ taskUsd: 5 }, [spent(12, 5)], 'budget: $5.00 of $5 for this task are used', null],
  [{ taskUsd: 5 }, [spent(13, 50)], null, null],
  [{ projectUsd: 5.5 }, [spent(13, 6)], 'budget: $6.00 of $5.50 for this project are used', null],
  [{ projectUsd: 5 }, [spent(13, 6, 0, { projectId: 2 })], null, null],
  [
    { projectDayUsd: 2 },
    [spent(13, 9, 2)],
    'budget: $2.00 of $2 for this project today are used',
    MIDNIGHT,
  ],
  [{ projectDayUsd: 2 }, [spent(13, 9, 1)], null, null],
  [
    { dayUsd: 2 },
    [spent(13, 9, 3, { projectId: 2 })],
    'budget: $3.00 of $2 for today are used',
    MIDNIGHT,
  ],
  [{ totalUsd: 10 }, [spent(12, 5), spent(13, 5)], 'budget: $10.00 of $10 for everything', null],
])('%j', (caps, rows, text, until) => {
  const found = wait(rows, caps);
  if (text === null) expect(found).toBeNull();
  else {
    expect(found?.text).toContain(text);
    expect(found).toMatchObject({ kind: 'budget', until });
  }
});

test('the command that raises it names what it is for', () => {
  expect(wait([spent(12, 5)], { taskUsd: 5 })?.remedy).toContain('budget raise task 12 USD');
  expect(wait([spent(12, 5)], { projectUsd: 5 })?.remedy).toContain('budget raise project app USD');
  const day = book([]).budget('day', TASK, { ...NO_CAPS, dayUsd: 1 });
  expect(day && raiseCommand(day)).toBe('claustre budget raise day USD --reason TEXT');
});

test('a raise counts for what it was given, and one of a day on that day only', () => {
  expect(wait([spent(12, 5)], { taskUsd: 5 }, [raise({})])).toBeNull();
  expect(wait([spent(12, 5)], { taskUsd: 5 }, [raise({ taskId: 13 })])).not.toBeNull();
  const day = { scope: 'day', taskId: null } as const;
  expect(wait([spent(12, 5, 5)], { dayUsd: 5 }, [raise(day)])).toBeNull();
  const yesterday = new Date(NOW - 24 * 3_600_000).toISOString();
  expect(wait([spent(12, 5, 5)], { dayUsd: 5 }, [raise({ ...day, at: yesterday })])).not.toBeNull();
});

test('what is not known is said, and holds where the settings say so', () => {
  const rows = [spent(12, 1, 0, { all: { usd: 1, unknown: 2 } })];
  expect(wait(rows, { taskUsd: 5 })).toBeNull();
  const held = wait(rows, { taskUsd: 5, onUnknownCost: 'stop' });
  expect(held?.text).toContain('at least $1.00 (2 attempts unknown) of $5');
  expect(held?.remedy).toContain('on_unknown_cost');
  expect(spentWords({ usd: 1, unknown: 1 })).toBe('at least $1.00 (1 attempt unknown)');
});

test('an attempt that runs is stopped by its own cap and by every other', () => {
  const caps = { ...NO_CAPS, attemptUsd: 2, taskUsd: 5 };
  const over = (cost: number | null, rows: TaskSpent[], raises: BudgetRaise[] = []) =>
    overdrawn(TASK, cost, book(rows, raises), caps)?.scope ?? null;
  expect(over(1.99, [spent(12, 1.99)])).toBeNull();
  expect(over(2, [spent(12, 2)])).toBe('attempt');
  expect(over(2, [spent(12, 2)], [raise({ scope: 'attempt', usd: 1 })])).toBeNull();
  expect(over(1, [spent(12, 6)])).toBe('task');
  expect(over(null, [spent(12, 1, 0, { all: { usd: 1, unknown: 3 } })])).toBeNull();
});

test.each([
  [4.9, null],
  [5, 50],
  [8, 80],
  [12, 100],
])('%d of 10 dollars', (usd, reached) => {
  const budget = book([spent(12, usd)]).budget('task', TASK, { ...NO_CAPS, taskUsd: 10 });
  expect(budget && thresholdOf(budget)).toBe(reached);
});
