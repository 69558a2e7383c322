import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { isReady } from '#domain/queue/ready.ts';
import { compareTasks } from '#domain/task-order.ts';
import { defineOperation } from '#operations/operation.ts';
import { waitReader } from '#operations/queue/waits.ts';
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
    // What the queue starts itself comes first; of the rest the first one that only waits for its turn or for a person.
    const waits = waitReader(app);
    const pending = store.tasks.ofProject(project.id, 'pending').sort(compareTasks);
    const ready =
      pending.find((task) => waits.of(task) === null) ??
      pending.find((task) => isReady(waits.of(task)));
    if (ready === undefined) return refuse(`No task of "${given.project}" is ready.`);
    return taskView(app, ready, project);
  },
});
