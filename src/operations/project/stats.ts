import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { calendarOf, projectStatistics, type Statistics } from '#domain/statistics.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

export interface ProjectStatistics extends Statistics {
  project: string;
  path: string;
  /** Sessions that were ever opened for its tasks. */
  sessions: number;
}

export const projectStats = defineOperation({
  name: 'project.stats',
  summary: 'What came of the tasks of a project: counts, time, tokens, cost.',
  command: { usage: 'stats <project>', json: true },
  input: z.object({ project: z.string() }),
  async run({ store, clock }, given) {
    const project = findProject(store, given.project);
    if (isRefusal(project)) return project;
    const { tasks, usage, pullRequests } = store.snapshot();
    const own = tasks.filter((task) => task.projectId === project.id);
    const found = projectStatistics(own, usage, pullRequests, calendarOf(clock.now()));
    const { name, path, id } = project;
    return { project: name, path, ...found, sessions: store.sessions.countOf(id) };
  },
});
