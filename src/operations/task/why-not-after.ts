import type { Store } from '#app.ts';
import { findCycle } from '#domain/dependency.ts';
import { type Refusal, refuse } from '#domain/error.ts';

/** Why a task (null: one that is being added) cannot wait for these; undefined when it can. Unknown ids and circles are refused. */
export function whyNotAfter(
  store: Pick<Store, 'tasks'>,
  taskId: number | null,
  after: readonly number[],
): Refusal | undefined {
  for (const id of after) {
    if (store.tasks.find(id) === null) {
      return refuse(`There is no task #${id} to wait for.`, undefined, 'not_found');
    }
    if (taskId === null) continue;
    const others = store.tasks.dependencies(null).filter((edge) => edge.taskId !== taskId);
    const cycle = findCycle(others, taskId, id);
    if (cycle !== null) {
      const circle = cycle.map((each) => `#${each}`).join(' → ');
      return refuse(`These tasks would wait for each other: ${circle}.`, 'Leave one of them out.');
    }
  }
  return undefined;
}
