import { z } from 'zod';
import type { Project } from '#domain/project.ts';
import type { TaskStatus } from '#domain/task.ts';
import { defineOperation } from '#operations/operation.ts';

export interface ProjectView {
  id: number;
  name: string;
  path: string;
  defaultBranch: string;
  remote: string | null;
  forge: Project['forge'];
  /** How many tasks stand in each status; statuses without tasks are absent. */
  tasks: Partial<Record<TaskStatus, number>>;
  openSessions: number;
}

export const listProjects = defineOperation({
  name: 'project.list',
  summary: 'List the projects with their counts.',
  command: { usage: 'list-projects', json: true },
  input: z.object({}),
  async run({ store }): Promise<ProjectView[]> {
    const { projects, tasks, sessions } = store.snapshot();
    return projects.map((project) => {
      const own = tasks.filter((task) => task.projectId === project.id);
      const counts: Partial<Record<TaskStatus, number>> = {};
      for (const task of own) counts[task.status] = (counts[task.status] ?? 0) + 1;
      return {
        id: project.id,
        name: project.name,
        path: project.path,
        defaultBranch: project.defaultBranch,
        remote: project.remote,
        forge: project.forge,
        tasks: counts,
        openSessions: own.filter((task) => sessions.has(task.id)).length,
      };
    });
  },
});
