import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { defineOperation } from '#operations/operation.ts';
import { ensureSupervisor } from '#operations/supervisor/ensure.ts';
import { findProject } from '#operations/task/find.ts';
import { keepLaunchEnvironment } from './environment.ts';
import type { Turned } from './pause.ts';

/** Lets what is ready start by itself: in one project, also where its queue never ran, or wherever only the switch of everything stopped it. */
export const resumeQueue = defineOperation({
  name: 'queue.resume',
  summary: 'Let ready autonomous tasks start by themselves, in a project or everywhere.',
  command: { usage: 'resume [project]', json: true },
  input: z.object({ project: z.string().optional() }),
  describe: ({ says }: Turned) => says,
  async run(app, given): Promise<Turned | Refusal> {
    const project = given.project === undefined ? null : findProject(app.store, given.project);
    if (isRefusal(project)) return project;
    // First what the queue launches with, then the switch: whoever sees the switch starts at once.
    keepLaunchEnvironment(app);
    const says = project === null ? resumeAll(app) : resumeOne(app, project);
    await ensureSupervisor(app);
    return { project: project?.name ?? null, says };
  },
});

function resumeAll({ store, clock }: Pick<App, 'store' | 'clock'>): string {
  const event = { kind: 'queue.resume', source: 'person' as const, at: clock.iso() };
  const changed = store.write(() => {
    if (store.queue.read().pausedAt === null) return false;
    store.queue.set({ pausedAt: null, pauseReason: null }, event);
    return true;
  });
  const projects = store.projects.all();
  const paused = projects.filter(({ queue }) => queue === 'paused');
  const runs = projects.filter(({ queue }) => queue === 'runs');
  const first = changed ? 'The pause is over.' : 'Nothing was paused as a whole.';
  return [
    first,
    ...(runs.length === 0 ? [] : [`The queue runs in ${namesOf(runs)}.`]),
    ...(paused.length === 0 ? [] : [`Still paused by itself: ${namesOf(paused)}.`]),
    ...(runs.length === projects.length
      ? []
      : ['claustre resume PROJECT starts that of a project.']),
  ].join(' ');
}

function resumeOne({ store, clock }: Pick<App, 'store' | 'clock'>, project: Project): string {
  const event = { kind: 'queue.resume', source: 'person' as const, at: clock.iso() };
  const changed = store.write(() => {
    if (store.projects.find(project.id)?.queue === 'runs') return false;
    store.projects.setQueue(project.id, 'runs', event);
    return true;
  });
  const first = changed
    ? `The queue of ${project.name} runs.`
    : `The queue of ${project.name} runs already.`;
  if (store.queue.read().pausedAt === null) return first;
  return `${first} But everything is paused: claustre resume lets it go on.`;
}

function namesOf(projects: readonly Project[]): string {
  return projects.map(({ name }) => name).join(', ');
}
