import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
import type { TaskView } from '#domain/task-view.ts';
import { defineOperation } from '#operations/operation.ts';
import { waitReader } from '#operations/queue/waits.ts';
import { fixReader } from '#operations/round/facts.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findProject } from './find.ts';
import { taskView } from './view.ts';

/** In the order of the queue on the screen. Looks at panes and processes first. */
export const listTasks = defineOperation({
  name: 'task.list',
  summary: 'List the tasks of a project in the order of its queue.',
  command: {
    usage: 'list-tasks <project>',
    json: true,
    options: [{ flags: '--status <status>', summary: 'only tasks in this status' }],
  },
  input: z.object({ project: z.string(), status: z.enum(TASK_STATUSES).optional() }),
  async run(app, given) {
    const project = findProject(app.store, given.project);
    if (isRefusal(project)) return project;
    await lookAtSessions(app, null);
    const read = fixReader(app);
    const waits = waitReader(app);
    return app.store.tasks
      .ofProject(project.id, given.status ?? null)
      .sort(compareTasks)
      .map((task): TaskView => taskView(app, task, project, read, waits));
  },
});
