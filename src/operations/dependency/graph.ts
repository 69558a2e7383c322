import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { findBlames } from '#domain/queue/after.ts';
import { around, type Graph, type GraphTask, openGroups } from '#domain/queue/graph.ts';
import type { Task } from '#domain/task.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject, findTask } from '#operations/task/find.ts';

/** The graph of a task, of a project, or of all of them. */
export interface DependencyGraph extends Graph {
  /** Name of the project that it is of; null for all. */
  project: string | null;
  /** The task that it is of; null for a whole project. */
  task: number | null;
}

/** A whole project shows only what is not done; a task shows everything that it hangs together with. */
export const dependencyGraph = defineOperation({
  name: 'dependency.graph',
  summary: 'Show which tasks wait for which, as a tree.',
  command: { usage: 'graph [of]', json: true },
  input: z.object({ of: z.string().optional() }),
  async run(app, { of }): Promise<DependencyGraph | Refusal> {
    const { store } = app;
    const about = of === undefined ? { project: null, task: null } : findAbout(app, of);
    if (isRefusal(about)) return about;
    const { project, task } = about;
    const edges = store.tasks.dependencies(null);
    const tasks = new Map<number, Task | null>();
    const find = (id: number): Task | null => {
      const found = tasks.get(id) ?? store.tasks.find(id);
      tasks.set(id, found);
      return found;
    };
    const ids =
      task === null
        ? openGroups(
            edges,
            (id) => find(id)?.status === 'done',
            (id) => project === null || find(id)?.projectId === project.id,
          )
        : around(task.id, edges);
    const open = store.tasks.allOpenBefore();
    const openOf = (id: number) => open.get(id) ?? [];
    return {
      project: project?.name ?? null,
      task: task?.id ?? null,
      tasks: [...ids].toSorted((a, b) => a - b).flatMap(viewer(app, find, openOf)),
      edges: edges
        .filter(({ taskId, afterId }) => ids.has(taskId) && ids.has(afterId))
        .map((edge) => {
          const met = openOf(edge.taskId).every(({ id }) => id !== edge.afterId);
          return { ...edge, met };
        }),
    };
  },
});

/** A number is a task; anything else, and a number that is none, the name of a project. */
function findAbout({ store }: App, of: string): { project: Project; task: Task | null } | Refusal {
  const id = /^#?(\d{1,15})$/.exec(of.trim())?.[1];
  const named = store.projects.findByName(of);
  if (id !== undefined && (named === null || of.startsWith('#'))) {
    return findTask(store, Number(id));
  }
  const project = findProject(store, of);
  return isRefusal(project) ? project : { project, task: null };
}

type OpenOf = Parameters<typeof findBlames>[1];

/** Makes the views of tasks, each with what stands in its way. */
function viewer(
  { store, config }: App,
  find: (id: number) => Task | null,
  openOf: OpenOf,
): (id: number) => GraphTask[] {
  const projects = new Map<number, Project | null>();
  const blames = findBlames((id) => {
    const task = find(id);
    if (task === null) return undefined;
    return { ...task, pullRequest: store.pullRequests.of(id)?.state ?? null };
  }, openOf);
  return (id) => {
    const task = find(id);
    if (task === null) return [];
    const project = projects.get(task.projectId) ?? store.projects.find(task.projectId);
    projects.set(task.projectId, project);
    const blame = task.status === 'pending' || task.status === 'draft' ? blames(id) : null;
    const bad = project === null ? 'hold' : config.forProject(project.path).queue.onBadParent;
    const own = task.held === null ? null : `held: ${task.held}`;
    const trouble =
      blame === null ? own : blame.isBad && bad === 'skip' ? `skipped: ${blame.text}` : blame.text;
    const { title, status } = task;
    return [{ id, title, status, project: project?.name ?? '?', trouble }];
  };
}
