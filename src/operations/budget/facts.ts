import type { App } from '#app.ts';
import { type BudgetBook, createBook } from '#domain/budget/book.ts';
import { type BudgetSettings, dayStart } from '#domain/budget/budget.ts';
import { ClaustreError } from '#domain/error.ts';

/** What was spent and added until now. */
export function readBook({ store, clock }: Pick<App, 'store' | 'clock'>): BudgetBook {
  const now = clock.now();
  const today = new Date(dayStart(now)).toISOString();
  return createBook(store.attempts.spent(today), store.budgetRaises.all(), now);
}

/** What the settings of each project say about money; one whose settings cannot be read is absent, and holds up no other. */
export function budgetSettings({
  store,
  config,
}: Pick<App, 'store' | 'config'>): Map<number, BudgetSettings> {
  const found = new Map<number, BudgetSettings>();
  for (const { id, path } of store.projects.all()) {
    try {
      found.set(id, config.forProject(path).budget);
    } catch (error) {
      if (!(error instanceof ClaustreError)) throw error;
    }
  }
  return found;
}
