import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from './find.ts';

/** The last events of a task, oldest first. They outlive the task. */
export const taskEvents = defineOperation({
  name: 'task.events',
  summary: 'Tell what happened to a task, oldest first.',
  command: {
    usage: 'events <task>',
    json: true,
    options: [{ flags: '--limit <count>', summary: 'how many of the last (200 when not said)' }],
  },
  input: z.object({
    task: taskId,
    limit: z.coerce.number().int().positive().max(10_000).default(200),
  }),
  async run({ store }, given) {
    const events = store.events.ofTask(given.task, given.limit);
    if (events.length > 0) return events;
    const found = findTask(store, given.task);
    return isRefusal(found) ? found : events;
  },
});
