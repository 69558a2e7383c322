import { z } from 'zod';
import type { App } from '#app.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { noteMemory } from './memory.ts';
import { planQueue, type Start, startFromQueue } from './start.ts';
import { readStatus, type WaitView } from './status.ts';

/** So many launches go on side by side: each makes a worktree, and a machine with two cores gains nothing by more. */
export const STARTS_AT_ONCE = 3;

export interface Fed {
  started: Start[];
  /** What was to start and could not. */
  failed: Start[];
  /** Why the other pending tasks wait, in the order of the queue. */
  waits: WaitView[];
}

/** Starts what is ready. Any number of callers may do so at once; the supervisor does the same after every change. */
export const feedQueue = defineOperation({
  name: 'queue.feed',
  summary: 'Start the autonomous tasks that are ready, as far as slots are free.',
  command: { usage: 'feed-next', json: true },
  input: z.object({}),
  describe: sayFed,
  async run(app): Promise<Fed> {
    await lookAtSessions(app, null);
    await noteMemory(app);
    const results = await startAll(app, planQueue(app).start);
    return {
      started: results.filter(({ outcome }) => outcome === 'started'),
      failed: results.filter(({ outcome }) => outcome === 'failed'),
      waits: readStatus(app).projects.flatMap(({ waiting }) => waiting),
    };
  },
});

/** The most urgent first; a slow one holds up only its own place. */
async function startAll(app: App, tasks: readonly number[]): Promise<Start[]> {
  const left = [...tasks];
  const results: Start[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      results.push(await startFromQueue(app, next));
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, work));
  return results.sort((a, b) => tasks.indexOf(a.task) - tasks.indexOf(b.task));
}

/** So many reasons are told; all of them stand in `claustre status`. */
const TOLD = 10;

function sayFed({ started, failed, waits }: Fed): string {
  const starts = [...started, ...failed].map(({ says }) => says);
  const reasons = waits.slice(0, TOLD).map(({ id, text }) => `#${id} waits: ${text}.`);
  const more = waits.length > TOLD ? [`${waits.length - TOLD} more wait: claustre status`] : [];
  const none = started.length === 0 && failed.length === 0 ? ['Nothing is ready to start.'] : [];
  return [...none, ...starts, ...reasons, ...more].join('\n');
}
