import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { waits } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from './find.ts';
import { taskView } from './view.ts';

export const nextTask = defineOperation({
  name: 'task.next',
  summary: 'Show the task that would be launched next.',
  command: { usage: 'next <project>', json: true },
  input: z.object({ project: z.string() }),
  async run(app, given) {
    const { store } = app;
    const project = findProject(store, given.project);
    if (isRefusal(project)) return project;
    const ready = store.tasks
      .ofProject(project.id, 'pending')
      .sort(compareTasks)
      .find((task) => waits(task, store.tasks.openBefore(task.id)) === null);
    if (ready === undefined) return refuse(`No task of "${given.project}" is ready.`);
    return taskView(app, ready, project);
  },
});
