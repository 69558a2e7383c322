import { addBudgets, type Budget } from '#domain/pull-request/host.ts';
import { readBudget } from './budget.ts';
import type { Answer } from './response.ts';

/** What this process has used of the hourly points of each host, whatever it asked for. */
export interface Spending {
  /** Counts an answer. */
  note(host: string, answer: Answer): void;
  /** What was used since the last call, and what was left then; null when nothing was, or the host does not tell. */
  take(host: string): Budget | null;
}

export function createSpending(): Spending {
  const spent = new Map<string, Budget>();
  /** Points of answers that told nothing of the budget, as those to changes. */
  const untold = new Map<string, number>();
  return {
    note(host, answer) {
      const told = readBudget(answer);
      if (told === null) untold.set(host, (untold.get(host) ?? 0) + 1);
      else spent.set(host, addBudgets(spent.get(host) ?? null, told) ?? told);
    },
    take(host) {
      const told = spent.get(host);
      // What is left is not known yet; the next answer that tells it takes the points along.
      if (told === undefined) return null;
      const cost = told.cost + (untold.get(host) ?? 0);
      spent.delete(host);
      untold.delete(host);
      return { ...told, cost };
    },
  };
}
