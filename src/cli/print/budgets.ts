import { formatTable } from '#cli/table.ts';
import { spentWords } from '#domain/budget/check.ts';
import { formatMoney } from '#domain/words/money.ts';
import type { BudgetView } from '#operations/budget/show.ts';
import type { Sheet } from './result.ts';

const SCOPES: Record<BudgetView['scope'], string> = {
  attempt: 'attempt',
  task: 'task',
  project: 'project',
  project_day: 'project today',
  day: 'today',
  total: 'in all',
};

/** What is spent of each budget, one line each. */
export function printBudgets(budgets: readonly BudgetView[], sheet: Sheet): string {
  if (budgets.length === 0) return 'There is no project yet, and nothing is spent.';
  return formatTable(
    budgets,
    [
      { title: 'BUDGET', cell: ({ scope }) => SCOPES[scope] },
      {
        title: 'OF',
        cell: ({ task, project }) => (task === null ? (project ?? '') : `#${task}`),
        least: 6,
      },
      {
        title: 'SPENT',
        cell: ({ spentUsd, unknownAttempts }) =>
          spentWords({ usd: spentUsd, unknown: unknownAttempts }),
        paint: ({ leftUsd }, text) => (leftUsd === 0 ? sheet.paint('red', text) : text),
      },
      { title: 'CAP', cell: ({ capUsd }) => (capUsd === null ? 'none' : formatMoney(capUsd)) },
      { title: 'LEFT', cell: ({ leftUsd }) => (leftUsd === null ? '' : formatMoney(leftUsd)) },
      {
        title: 'HOLDS',
        cell: ({ holds }) => holds.map((id) => `#${id}`).join(' '),
        least: 8,
      },
    ],
    sheet,
  );
}
