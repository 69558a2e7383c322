import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

/** A switch that was turned, of one project or of everything. */
export interface Turned {
  /** Name of the project; null for everything. */
  project: string | null;
  says: string;
}

/** Nothing starts by itself any more; what works goes on. */
export const pauseQueue = defineOperation({
  name: 'queue.pause',
  summary: 'Let nothing start by itself any more, in a project or anywhere; what works goes on.',
  command: {
    usage: 'pause [project]',
    json: true,
    options: [{ flags: '--reason <text>', summary: 'why, for those who read it later' }],
  },
  input: z.object({ project: z.string().optional(), reason: z.string().trim().optional() }),
  describe: ({ says }: Turned) => says,
  async run(app, given): Promise<Turned | Refusal> {
    const project = given.project === undefined ? null : findProject(app.store, given.project);
    if (isRefusal(project)) return project;
    const changed = pause(app, project, given.reason || null);
    return { project: project?.name ?? null, says: sayPaused(project, changed) };
  },
});

/** Turns the switch; returns whether it was on until now. */
export function pause(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  project: Project | null,
  reason: string | null,
): boolean {
  const at = clock.iso();
  const event = { kind: 'queue.pause', source: 'person' as const, at, data: { reason } };
  return store.write(() => {
    if (project !== null) {
      if (store.projects.find(project.id)?.queue === 'paused') return false;
      store.projects.setQueue(project.id, 'paused', event);
      return true;
    }
    if (store.queue.read().pausedAt !== null) return false;
    store.queue.set({ pausedAt: at, pauseReason: reason }, event);
    return true;
  });
}

function sayPaused(project: Project | null, changed: boolean): string {
  const what = project === null ? 'Everything' : `The queue of ${project.name}`;
  const way = project === null ? 'claustre resume' : `claustre resume ${project.name}`;
  if (!changed) return `${what} is paused already. ${way} lets it go on.`;
  return `${what} is paused: what works goes on, and nothing starts by itself. ${way} lets it go on.`;
}
