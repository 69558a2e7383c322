import type { App } from '#app.ts';
import { type BudgetBook, createBook } from '#domain/budget/book.ts';
import { type BudgetSettings, dayStart } from '#domain/budget/budget.ts';

/** What was spent and added until now. */
export function readBook({ store, clock }: Pick<App, 'store' | 'clock'>): BudgetBook {
  const now = clock.now();
  const today = new Date(dayStart(now)).toISOString();
  return createBook(store.attempts.spent(today), store.budgetRaises.all(), now);
}

/** What the settings of each project say about money. */
export function budgetSettings({ store, config }: Pick<App, 'store' | 'config'>) {
  return new Map<number, BudgetSettings>(
    store.projects.all().map(({ id, path }) => [id, config.forProject(path).budget]),
  );
}
