import { z } from 'zod';
import type { EventRow } from '#domain/event.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';

/** The last events of a task, oldest first. */
export const taskEvents = defineOperation({
  name: 'task.events',
  summary: 'The last events of a task.',
  input: z.object({ task: taskId, limit: z.number().int().positive().max(1000).default(100) }),
  async run({ store }, given): Promise<EventRow[]> {
    return store.events.ofTask(given.task, given.limit);
  },
});
