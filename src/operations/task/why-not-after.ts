import type { Store } from '#app.ts';
import { type After, findCycle, toAfter } from '#domain/dependency.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Task } from '#domain/task.ts';

/** The task that is to wait; without an id it is just being added. */
type Waiting = Pick<Task, 'projectId'> & { id: number | null };

/** Why a task cannot wait for these; undefined when it can. Unknown ids, circles, and what no stack can be made of are refused. */
export function whyNotAfter(
  store: Pick<Store, 'tasks'>,
  task: Waiting,
  asked: readonly (number | After)[],
): Refusal | undefined {
  const after = asked.map(toAfter);
  const stacked = after.filter(({ until }) => until === 'pr_green');
  if (stacked.length > 1) {
    return refuse(
      'A task is stacked on one other at most.',
      'Let it wait for the others until they are done: --after ID',
      'invalid',
    );
  }
  for (const each of after) {
    const wrong = whyNotOne(store, task, each);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function whyNotOne(
  store: Pick<Store, 'tasks'>,
  task: Waiting,
  { id, until }: After,
): Refusal | undefined {
  const other = store.tasks.find(id);
  if (other === null) return refuse(`There is no task #${id} to wait for.`, undefined, 'not_found');
  if (until === 'pr_green' && other.push !== 'pr') {
    return refuse(
      `#${id} opens no pull request (its push mode is ${other.push}) that could become green.`,
      `Wait until it is done: --after ${id}`,
      'invalid',
    );
  }
  if (until === 'pr_green' && other.projectId !== task.projectId) {
    return refuse(
      `#${id} belongs to another project, and nothing can be stacked on its branch.`,
      `Wait until it is done: --after ${id}`,
      'invalid',
    );
  }
  if (task.id === null) return undefined;
  const others = store.tasks.dependencies(null).filter((edge) => edge.taskId !== task.id);
  const cycle = findCycle(others, task.id, id);
  if (cycle === null) return undefined;
  const circle = cycle.map((each) => `#${each}`).join(' → ');
  return refuse(`These tasks would wait for each other: ${circle}.`, 'Leave one of them out.');
}
