import {
  type Budget,
  type BudgetRaise,
  type BudgetScope,
  type BudgetSettings,
  dayStart,
  SCOPE_OF,
  type Spent,
  type TaskSpent,
} from './budget.ts';

/** The task that a budget is asked for. */
export interface BudgetTask {
  id: number;
  projectId: number;
}

/** What was spent and what was added, looked up once for many tasks. */
export interface BudgetBook {
  /** What was spent, whether there is a cap or not. */
  spent(scope: Exclude<BudgetScope, 'attempt'>, task: BudgetTask): Spent;
  /** A budget as it stands; null where the settings set no cap. For an attempt `costUsd` is what it has cost so far. */
  budget(
    scope: BudgetScope,
    task: BudgetTask,
    settings: BudgetSettings,
    costUsd?: number,
  ): Budget | null;
}

const NOTHING: Spent = { usd: 0, unknown: 0 };

function sum(known: Spent | undefined, more: Spent): Spent {
  const { usd, unknown } = known ?? NOTHING;
  return { usd: usd + more.usd, unknown: unknown + more.unknown };
}

const CAPS: Record<BudgetScope, (settings: BudgetSettings) => number | null> = {
  attempt: ({ attemptUsd }) => attemptUsd,
  task: ({ taskUsd }) => taskUsd,
  project: ({ projectUsd }) => projectUsd,
  project_day: ({ projectDayUsd }) => projectDayUsd,
  day: ({ dayUsd }) => dayUsd,
  total: ({ totalUsd }) => totalUsd,
};

/** What the settings allow for a scope; null for no cap. */
export function capOf(scope: BudgetScope, settings: BudgetSettings): number | null {
  return CAPS[scope](settings);
}

/** Whether a scope is one of a day: what was spent and added before does not count. */
export function isOfDay(scope: BudgetScope): boolean {
  return scope === 'day' || scope === 'project_day';
}

/** Adds up what attempts cost by everything that may have a cap. An attempt over midnight counts for the day in which it began. */
export function createBook(
  spent: readonly TaskSpent[],
  raises: readonly BudgetRaise[],
  now: number,
): BudgetBook {
  const tasks = new Map<number, Spent>();
  const projects = new Map<number, Spent>();
  const projectDays = new Map<number, Spent>();
  let day = NOTHING;
  let total = NOTHING;
  for (const { taskId, projectId, all, today } of spent) {
    tasks.set(taskId, all);
    projects.set(projectId, sum(projects.get(projectId), all));
    projectDays.set(projectId, sum(projectDays.get(projectId), today));
    day = sum(day, today);
    total = sum(total, all);
  }
  const since = dayStart(now);
  const counting = raises.filter(({ scope, at }) => !isOfDay(scope) || Date.parse(at) >= since);
  const spentOf: BudgetBook['spent'] = (scope, { id, projectId }) => {
    switch (scope) {
      case 'task':
        return tasks.get(id) ?? NOTHING;
      case 'project':
        return projects.get(projectId) ?? NOTHING;
      case 'project_day':
        return projectDays.get(projectId) ?? NOTHING;
      case 'day':
        return day;
      case 'total':
        return total;
      default:
        return scope satisfies never;
    }
  };
  return {
    spent: spentOf,
    budget(scope, task, settings, costUsd = 0) {
      const cap = capOf(scope, settings);
      if (cap === null) return null;
      const named = SCOPE_OF[scope];
      const taskId = named === 'task' ? task.id : null;
      const projectId = named === 'project' ? task.projectId : null;
      const added = counting
        .filter((raise) => raise.scope === scope)
        .filter((raise) => raise.taskId === taskId && raise.projectId === projectId)
        .reduce((usd, raise) => usd + raise.usd, 0);
      const spent = scope === 'attempt' ? { usd: costUsd, unknown: 0 } : spentOf(scope, task);
      return { scope, taskId, projectId, capUsd: cap + added, spent };
    },
  };
}
