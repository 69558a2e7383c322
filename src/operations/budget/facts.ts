import type { App } from '#app.ts';
import { type BudgetBook, createBook } from '#domain/budget/book.ts';
import { type BudgetSettings, dayStart } from '#domain/budget/budget.ts';
import { readableSettings } from '#operations/project/settings.ts';

/** What was spent and added until now. */
export function readBook({ store, clock }: Pick<App, 'store' | 'clock'>): BudgetBook {
  const now = clock.now();
  const today = new Date(dayStart(now)).toISOString();
  return createBook(store.attempts.spent(today), store.budgetRaises.all(), now);
}

/** What the settings of each project say about money; a project whose settings cannot be read is left out, and holds up no other. */
export function budgetSettings({ store, config }: Pick<App, 'store' | 'config'>) {
  const read = new Map<number, BudgetSettings>();
  for (const { id, path } of store.projects.all()) {
    const settings = readableSettings(config, path);
    if (settings !== null) read.set(id, settings.budget);
  }
  return read;
}
