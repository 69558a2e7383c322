import { z } from 'zod';
import type { App } from '#app.ts';
import { defineOperation } from '#operations/operation.ts';
import { pauseQueue, type Turned } from './pause.ts';
import { resumeQueue } from './resume.ts';

/** What one key does: pauses what runs, and lets go on what is paused or never ran. */
export const turnQueue = defineOperation({
  name: 'queue.turn',
  summary: 'Pause a queue that runs, or everything; let go on what is paused.',
  input: z.object({ project: z.string().optional() }),
  describe: ({ says }: Turned) => says,
  run: (app, given) => (isOn(app, given.project) ? pauseQueue : resumeQueue).run(app, given),
});

function isOn({ store }: App, project: string | undefined): boolean {
  if (project === undefined) return store.queue.read().pausedAt === null;
  return store.projects.findByName(project)?.queue === 'runs';
}
