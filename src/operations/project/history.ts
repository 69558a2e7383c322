import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { Usage } from '#domain/usage.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

/** A task that is done, with what it took. */
export interface HistoryEntry extends Usage {
  id: number;
  title: string;
  /** ISO time in UTC. */
  completedAt: string | null;
  pullRequest: { number: number; url: string; state: string } | null;
}

const count = z.coerce.number().int();

export const projectHistory = defineOperation({
  name: 'project.history',
  summary: 'List the finished tasks of a project, the newest first.',
  command: {
    usage: 'history <project>',
    json: true,
    options: [
      { flags: '--search <text>', summary: 'only tasks with this in their title' },
      { flags: '--limit <count>', summary: 'how many at most (50 when nothing is said)' },
      { flags: '--skip <count>', summary: 'leave out so many of the newest' },
    ],
  },
  input: z.object({
    project: z.string(),
    search: z.string().optional(),
    limit: count.min(1).max(10_000).default(50),
    skip: count.min(0).default(0),
  }),
  async run({ store }, given) {
    const project = findProject(store, given.project);
    if (isRefusal(project)) return project;
    const { search = '', limit, skip } = given;
    return store.tasks.finished(project.id, { search, limit, skip }).map((task): HistoryEntry => {
      const { number, url, state } = store.pullRequests.of(task.id) ?? {};
      const known = number !== undefined && url !== undefined && state !== undefined;
      return {
        id: task.id,
        title: task.title,
        completedAt: task.completedAt,
        ...store.attempts.usageOf(task.id),
        pullRequest: known ? { number, url, state } : null,
      };
    });
  },
});
