import type { App } from '#app.ts';
import type { Project } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';

/** Whether work of a task has to be proved before it counts as delivered; without gates and criteria nothing is asked for. */
export function isProved(
  { store, config }: Pick<App, 'store' | 'config'>,
  task: Pick<Task, 'id'>,
  project: Pick<Project, 'path'>,
): boolean {
  const { gates } = config.forProject(project.path);
  return gates.length > 0 || store.tasks.criteria(task.id).length > 0;
}

/** Whether the work is judged before it counts: nobody watches over it, or it has to be proved. */
export function isJudgedFirst(
  app: Pick<App, 'store' | 'config'>,
  task: Pick<Task, 'id' | 'mode'>,
  project: Pick<Project, 'path'>,
): boolean {
  return task.mode === 'autonomous' || isProved(app, task, project);
}
