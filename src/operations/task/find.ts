import type { Store } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Task } from '#domain/task.ts';

/** The task with this id and its project, or the refusal that says that there is none. */
export function findTask(
  store: Pick<Store, 'tasks' | 'projects'>,
  id: number,
): { task: Task; project: Project } | Refusal {
  const task = store.tasks.find(id);
  const project = task === null ? null : store.projects.find(task.projectId);
  if (task === null || project === null) {
    return refuse(
      `There is no task #${id}.`,
      'See `claustre list-tasks PROJECT` for their numbers.',
      'not_found',
    );
  }
  return { task, project };
}

/** The project of this name, or the refusal that names those that exist. */
export function findProject(store: Pick<Store, 'projects'>, name: string): Project | Refusal {
  const project = store.projects.findByName(name);
  if (project !== null) return project;
  const names = store.projects.all().map((each) => `"${each.name}"`);
  return refuse(
    `There is no project "${name}".`,
    names.length === 0
      ? 'Add one: claustre add-project NAME PATH'
      : `There are: ${names.slice(0, 10).join(', ')}.`,
    'not_found',
  );
}
