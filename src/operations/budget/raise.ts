import { z } from 'zod';
import { BUDGET_SCOPES, type BudgetRaise, SCOPE_OF } from '#domain/budget/budget.ts';
import { isRefusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject, findTask } from '#operations/task/find.ts';

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
  async run(
    { store, clock },
    { scope, of, usd, reason },
  ): Promise<BudgetRaise | ReturnType<typeof refuse>> {
    if (reason.trim() === '') {
      return refuse('A raise needs a reason.', 'Say it with --reason TEXT; it is kept.', 'invalid');
    }
    const named = SCOPE_OF[scope];
    const place = { taskId: null as number | null, projectId: null as number | null };
    if (named === 'task') {
      const id = taskId.safeParse(of ?? '');
      const found = id.success
        ? findTask(store, id.data)
        : refuse(`"${of ?? ''}" is no task.`, 'Name it by its number: 12', 'invalid');
      if (isRefusal(found)) return found;
      place.taskId = found.task.id;
    } else if (named === 'project') {
      const found = findProject(store, of ?? '');
      if (isRefusal(found)) return found;
      place.projectId = found.id;
    }
    const at = clock.iso();
    const event = { kind: 'budget.raise', source: 'person' as const, at };
    const data = { scope, usd, reason };
    return store.write(() =>
      store.budgetRaises.add({ scope, ...place, usd, reason, at }, { ...event, data }),
    );
  },
});
