/** What a budget is for: one attempt, a task, a project altogether or in a day, everything in a day, everything. */
export type BudgetScope = 'attempt' | 'task' | 'project' | 'project_day' | 'day' | 'total';

/** More money for a budget, and why a person gave it. */
export interface BudgetRaise {
  id: number;
  scope: BudgetScope;
  /** The task or project that it is for; null where the scope needs none. */
  taskId: number | null;
  projectId: number | null;
  /** What is added, in US dollars. */
  usd: number;
  reason: string;
  /** ISO time in UTC; a raise of a day counts on that day only. */
  at: string;
}
