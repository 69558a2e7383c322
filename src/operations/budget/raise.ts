import { z } from 'zod';
import { capOf } from '#domain/budget/book.ts';
import { BUDGET_SCOPES, type BudgetRaise, SCOPE_OF } from '#domain/budget/budget.ts';
import { isRefusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject, findTask } from '#operations/task/find.ts';
import { budgetSettings } from './facts.ts';

/** Gives more money to a budget. The reason is kept with it; what the budget held goes on by itself. */
export const raiseBudget = defineOperation({
  name: 'budget.raise',
  summary: 'Add money to a budget.',
  input: z.object({
    scope: z.enum(BUDGET_SCOPES),
    /** A task or a project, where the scope needs one. */
    of: z.string().nullable(),
    usd: z.number().positive(),
    reason: z.string(),
  }),
  async run(app, { scope, of, usd, reason }): Promise<BudgetRaise | ReturnType<typeof refuse>> {
    const { store, clock } = app;
    if (reason.trim() === '') {
      return refuse('A raise needs a reason.', 'Say it with --reason TEXT; it is kept.', 'invalid');
    }
    const named = SCOPE_OF[scope];
    const place = { taskId: null as number | null, projectId: null as number | null };
    let project: number | null = null;
    if (named === 'task') {
      const id = taskId.safeParse(of ?? '');
      const found = id.success
        ? findTask(store, id.data)
        : refuse(`"${of ?? ''}" is no task.`, 'Name it by its number: 12', 'invalid');
      if (isRefusal(found)) return found;
      place.taskId = found.task.id;
      project = found.task.projectId;
    } else if (named === 'project') {
      const found = findProject(store, of ?? '');
      if (isRefusal(found)) return found;
      place.projectId = found.id;
      project = found.id;
    }
    const capped = [...budgetSettings(app)].some(
      ([id, caps]) => (project === null || id === project) && capOf(scope, caps) !== null,
    );
    if (!capped) {
      const set = `A cap is set as ${scope}_usd in the table [budget] of the settings.`;
      return refuse('There is no cap to raise.', set);
    }
    const at = clock.iso();
    const event = { kind: 'budget.raise', source: 'person' as const, at };
    const data = { scope, usd, reason };
    return store.write(() =>
      store.budgetRaises.add({ scope, ...place, usd, reason, at }, { ...event, data }),
    );
  },
});
