import type { Wait } from '#domain/queue/wait.ts';
import { formatMoney } from '#domain/words/money.ts';
import { type BudgetBook, type BudgetTask, isOfDay } from './book.ts';
import { type Budget, type BudgetScope, type BudgetSettings, dayEnd, SCOPE_OF } from './budget.ts';

/** Those that a start is held by, the narrowest first: raising that one is the smallest step. */
const BEFORE_A_START = ['task', 'project_day', 'project', 'day', 'total'] as const;

const OF: Record<BudgetScope, string> = {
  attempt: 'for an attempt',
  task: 'for this task',
  project: 'for this project',
  project_day: 'for this project today',
  day: 'for today',
  total: 'for everything',
};

/** `5` reads $5, and what is spent has its cents. */
function dollars(usd: number): string {
  return Number.isInteger(usd) ? `$${usd}` : formatMoney(usd);
}

function attempts(count: number): string {
  return count === 1 ? '1 attempt' : `${count} attempts`;
}

/** `at least $4.80 (2 attempts unknown)`: what nobody told is not taken for nothing. */
export function spentWords({ usd, unknown }: Budget['spent']): string {
  if (unknown === 0) return formatMoney(usd);
  return `at least ${formatMoney(usd)} (${attempts(unknown)} unknown)`;
}

/** How much of a budget is used, as a phrase. */
export function budgetWords({ scope, capUsd, spent }: Budget): string {
  return `${spentWords(spent)} of ${dollars(capUsd)} ${OF[scope]} are used`;
}

/** The command that adds money to a budget; `projectName` for those of a project. */
export function raiseCommand({ scope, taskId }: Budget, projectName = 'PROJECT'): string {
  const named = SCOPE_OF[scope];
  const of = named === 'task' ? ` ${taskId}` : named === 'project' ? ` ${projectName}` : '';
  return `claustre budget raise ${scope}${of} USD --reason TEXT`;
}

/** Whether nothing of it is left. */
export function isUsedUp({ spent, capUsd }: Budget): boolean {
  return spent.usd >= capUsd;
}

/** Why a task does not start by itself: a budget is used up, or it is not known what of it is used and the settings want to know. */
export function budgetWait(
  task: BudgetTask,
  book: BudgetBook,
  settings: BudgetSettings,
  now: number,
  projectName?: string,
): Wait | null {
  for (const scope of BEFORE_A_START) {
    const budget = book.budget(scope, task, settings);
    if (budget === null) continue;
    const unknown = settings.onUnknownCost === 'stop' && budget.spent.unknown > 0;
    if (!isUsedUp(budget) && !unknown) continue;
    return {
      kind: 'budget',
      text: `budget: ${budgetWords(budget)}`,
      until: isOfDay(scope) ? dayEnd(now) : null,
      remedy: isUsedUp(budget)
        ? `More money: ${raiseCommand(budget, projectName)}`
        : 'What is not known counts as used: [budget] on_unknown_cost = "go_on" lets it start.',
    };
  }
  return null;
}

/** Whether the settings set any cap at all. */
export function hasCaps({ onUnknownCost: _, ...caps }: BudgetSettings): boolean {
  return Object.values(caps).some((cap) => cap !== null);
}

/** The budget that a running attempt has used up; null while there is something left. What is not known stops nothing that runs. */
export function overdrawn(
  task: BudgetTask,
  costUsd: number | null,
  book: BudgetBook,
  settings: BudgetSettings,
): Budget | null {
  for (const scope of ['attempt', ...BEFORE_A_START] as const) {
    const budget = book.budget(scope, task, settings, costUsd ?? 0);
    if (budget !== null && isUsedUp(budget)) return budget;
  }
  return null;
}

/** Parts of a budget of which a person is told. */
const THRESHOLDS = [100, 80, 50] as const;

/** The highest of them that is reached; null below all of them. */
export function thresholdOf({ spent, capUsd }: Budget): (typeof THRESHOLDS)[number] | null {
  const percent = (spent.usd / capUsd) * 100;
  return THRESHOLDS.find((each) => percent >= each) ?? null;
}
