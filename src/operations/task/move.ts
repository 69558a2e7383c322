import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { whyNotMove } from '#domain/finished.ts';
import { compareTasks, STATUS_ORDER } from '#domain/task-order.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from './find.ts';

/** Moves a task one place among those that stand beside it: same project, same status. Its neighbour's priority becomes its own where they differ. */
export const moveTask = defineOperation({
  name: 'task.move',
  summary: 'Move a task one place up or down in its queue.',
  command: { usage: 'move <task> <direction>' },
  input: z.object({ task: taskId, direction: z.enum(['up', 'down']) }),
  describe: (moved: { id: number; direction: string }) => `Moved #${moved.id} ${moved.direction}.`,
  async run({ store, clock }, given) {
    return store.write(() => {
      const found = findTask(store, given.task);
      if (isRefusal(found)) return found;
      const { task } = found;
      const wrong = whyNotMove(task);
      if (wrong !== undefined) return wrong;
      const beside = store.tasks
        .ofProject(task.projectId, null)
        .filter((each) => STATUS_ORDER[each.status] === STATUS_ORDER[task.status])
        .sort(compareTasks);
      const at = beside.findIndex((each) => each.id === task.id);
      const step = given.direction === 'up' ? -1 : 1;
      const neighbour = beside[at + step];
      if (neighbour === undefined) {
        const end = given.direction === 'up' ? 'first' : 'last';
        return refuse(`#${task.id} is the ${end} of its kind already.`);
      }
      const beyond = beside[at + 2 * step];
      const beyondPosition =
        beyond !== undefined && beyond.priority === neighbour.priority
          ? beyond.position
          : neighbour.position + 2 * step;
      store.tasks.update(
        task.id,
        {
          priority: neighbour.priority,
          position: (neighbour.position + beyondPosition) / 2,
        },
        {
          kind: 'task.move',
          source: 'person',
          at: clock.iso(),
          projectId: task.projectId,
          data: {
            direction: given.direction,
            before: { priority: task.priority, position: task.position },
          },
        },
      );
      return { id: task.id, direction: given.direction };
    });
  },
});
