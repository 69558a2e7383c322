import { z } from 'zod';
import type { App, TaskRow } from '#app.ts';
import type { BudgetBook, BudgetTask } from '#domain/budget/book.ts';
import {
  BUDGET_SCOPES,
  type BudgetScope,
  type BudgetSettings,
  SCOPE_OF,
} from '#domain/budget/budget.ts';
import { isUsedUp } from '#domain/budget/check.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { defineOperation } from '#operations/operation.ts';
import { budgetSettings, readBook } from './facts.ts';
import { raiseBudget } from './raise.ts';

/** A budget as the command shows it; null where there is no cap. */
export interface BudgetView {
  scope: BudgetScope;
  task: number | null;
  project: string | null;
  capUsd: number | null;
  spentUsd: number;
  leftUsd: number | null;
  /** Attempts whose cost nobody told: what is spent is at least what is shown. */
  unknownAttempts: number;
  /** Tasks that do not go on by themselves because it is used up. */
  holds: number[];
}

/** What is spent of every budget, and `budget raise` for more. */
export const showBudgets = defineOperation({
  name: 'budget.show',
  summary:
    'Show what is spent of every budget; `budget raise SCOPE [ID] USD --reason TEXT` adds to one.',
  command: {
    usage: 'budget [raise...]',
    json: true,
    options: [{ flags: '--reason <text>', summary: 'why there is more money; it is kept' }],
  },
  input: z.object({ raise: z.array(z.string()).optional(), reason: z.string().optional() }),
  async run(app, { raise = [], reason = '' }): Promise<BudgetView[] | Refusal> {
    if (raise.length > 0) {
      const given = readRaise(raise);
      if (isRefusal(given)) return given;
      const raised = await raiseBudget.run(app, { ...given, reason });
      if (isRefusal(raised)) return raised;
    }
    return views(app);
  },
});

function readRaise(words: readonly string[]) {
  const [verb, named, ...rest] = words;
  const scope = BUDGET_SCOPES.find((each) => each === named);
  const usage = `claustre budget raise ${BUDGET_SCOPES.join('|')} [ID] USD --reason TEXT`;
  if (verb !== 'raise' || scope === undefined) {
    return refuse('That is no raise of a budget.', usage, 'invalid');
  }
  const of = SCOPE_OF[scope] === null ? null : (rest[0] ?? '');
  const amount = rest[of === null ? 0 : 1];
  const usd = Number((amount ?? '').replace(/^\$/, ''));
  if (!(usd > 0) || !Number.isFinite(usd) || rest.length !== (of === null ? 1 : 2)) {
    return refuse('The amount is missing, or is no number of dollars above 0.', usage, 'invalid');
  }
  return { scope, of, usd };
}

function views(app: App): BudgetView[] {
  const { projects, tasks } = app.store.snapshot();
  const book = readBook(app);
  const settings = budgetSettings(app);
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  const open = tasks.filter(({ status }) => status !== 'done');
  const view = viewer(book, names, open.filter(isHoldable));
  if (projects.length === 0) return [];
  // What holds for everything stands also where no project's own settings can be read.
  const [anyProject, anyCaps] = [...settings][0] ?? [0, app.config.settings.budget];
  return [
    ...(['total', 'day'] as const).flatMap((scope) =>
      view(scope, { id: 0, projectId: anyProject }, anyCaps),
    ),
    ...[...settings].flatMap(([projectId, caps]) => [
      ...(['project', 'project_day'] as const).flatMap((scope) =>
        view(scope, { id: 0, projectId }, caps),
      ),
      ...open
        .filter((task) => task.projectId === projectId && caps.taskUsd !== null)
        .flatMap((task) => view('task', task, caps)),
    ]),
  ];
}

/** What would start by itself, or was stopped by a budget. */
function isHoldable({ mode, status, held }: TaskRow): boolean {
  if (mode !== 'autonomous') return false;
  return status === 'pending' ? held === null : held === 'budget';
}

function viewer(
  book: BudgetBook,
  names: ReadonlyMap<number, string>,
  holdable: readonly TaskRow[],
) {
  return (
    scope: Exclude<BudgetScope, 'attempt'>,
    task: BudgetTask,
    caps: BudgetSettings,
  ): BudgetView[] => {
    const budget = book.budget(scope, task, caps);
    const { usd, unknown } = book.spent(scope, task);
    // A task that cost nothing yet says nothing.
    if (scope === 'task' && usd === 0 && unknown === 0) return [];
    const named = SCOPE_OF[scope];
    const isIn = (each: TaskRow): boolean =>
      named === null ||
      (named === 'task' ? each.id === task.id : each.projectId === task.projectId);
    return [
      {
        scope,
        task: named === 'task' ? task.id : null,
        project: named === null ? null : (names.get(task.projectId) ?? null),
        capUsd: budget?.capUsd ?? null,
        spentUsd: usd,
        leftUsd: budget === null ? null : Math.max(0, budget.capUsd - usd),
        unknownAttempts: unknown,
        holds: budget !== null && isUsedUp(budget) ? holdable.filter(isIn).map(({ id }) => id) : [],
      },
    ];
  };
}
