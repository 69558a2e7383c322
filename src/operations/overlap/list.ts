import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { Overlap } from '#domain/overlap.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';
import { measureOverlaps, newRadarMemory } from './measure.ts';

/** An overlap as commands tell it. */
export interface OverlapEntry extends Pick<Overlap, 'files' | 'conflicts' | 'readAt'> {
  project: string;
  task: number;
  other: number;
}

/** Looks itself rather than telling what the supervisor saw last: it knows also what a person has just written. */
export const listOverlaps = defineOperation({
  name: 'overlap.list',
  summary: 'Show which open worktrees change the same files, and what would conflict.',
  command: { usage: 'radar [project]', json: true },
  input: z.object({ project: z.string().optional() }),
  async run(app, given) {
    const { store } = app;
    const only = given.project === undefined ? null : findProject(store, given.project);
    if (isRefusal(only)) return only;
    const sessions = store.sessions.open();
    const wanted = sessions.filter(
      ({ taskId }) => only === null || store.tasks.find(taskId)?.projectId === only.id,
    );
    const overlaps = await measureOverlaps(app, wanted, newRadarMemory());
    const nameOf = (taskId: number): string =>
      store.projects.find(store.tasks.find(taskId)?.projectId ?? 0)?.name ?? '';
    return overlaps.map(({ taskId, otherId, ...rest }): OverlapEntry => {
      return { project: nameOf(taskId), task: taskId, other: otherId, ...rest };
    });
  },
});
