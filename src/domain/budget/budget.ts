/** What a budget is for: one attempt, a task, a project altogether or in a day, everything in a day, everything. */
export const BUDGET_SCOPES = ['attempt', 'task', 'project', 'project_day', 'day', 'total'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** What a scope needs to be named by: attempts by their task. */
export const SCOPE_OF: Record<BudgetScope, 'task' | 'project' | null> = {
  attempt: 'task',
  task: 'task',
  project: 'project',
  project_day: 'project',
  day: null,
  total: null,
};

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

/** What the settings say about money, for one project. null is no cap. */
export interface BudgetSettings {
  attemptUsd: number | null;
  taskUsd: number | null;
  projectUsd: number | null;
  projectDayUsd: number | null;
  dayUsd: number | null;
  totalUsd: number | null;
  onUnknownCost: 'go_on' | 'stop';
}

/** What attempts cost together. */
export interface Spent {
  usd: number;
  /** Attempts that worked and whose cost nobody told. */
  unknown: number;
}

/** What the attempts of one task cost altogether, and those of them that began today. */
export interface TaskSpent {
  taskId: number;
  projectId: number;
  all: Spent;
  today: Spent;
}

/** A cap, with what was added to it, and how much of it is spent. */
export interface Budget {
  scope: BudgetScope;
  taskId: number | null;
  projectId: number | null;
  capUsd: number;
  spent: Spent;
}

/** When the day of a moment began, by the clock on the wall; milliseconds since 1970. */
export function dayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** When it ends. */
export function dayEnd(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}
