import type { BudgetRaise } from '#domain/budget/budget.ts';
import type { NewEvent } from '#domain/event.ts';
import { insertRow, selectList, statement } from '#store/columns.ts';
import type { Events } from '#store/events.ts';
import type { Db } from '#store/open.ts';

const COLUMNS = selectList(['id', 'scope', 'taskId', 'projectId', 'usd', 'reason', 'at']);

/** More money that people gave, with their reasons. */
export interface BudgetRaises {
  /** The oldest first. */
  all(): BudgetRaise[];
  add(raise: Omit<BudgetRaise, 'id'>, event: NewEvent): BudgetRaise;
}

export function createBudgetRaises(db: Db, events: Events): BudgetRaises {
  return {
    all: () =>
      statement(db, `select ${COLUMNS} from budget_raises order by id`).all() as BudgetRaise[],
    add(raise, event) {
      const id = insertRow(db, 'budget_raises', { ...raise });
      events.append({ ...event, taskId: raise.taskId, projectId: raise.projectId });
      return { ...raise, id };
    },
  };
}
