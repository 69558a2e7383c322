import type { App } from '#app.ts';
import { needsClock } from '#domain/queue/decide.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { STARTS_AT_ONCE } from '#operations/queue/feed.ts';
import { isAtRest, planQueue, startFromQueue } from '#operations/queue/start.ts';
import type { Duty } from './duty.ts';

/** A task that could not be started, and was not held for it, is left alone for this long. */
const AGAIN_MS = 60_000;
/** Changes and the ends of waits wake it; this is for a clock that was set. */
const REST_MS = 60_000;
/** Sleeping on to the very moment would often wake it a little too early. */
const AFTER_MS = 20;

/** A start that goes on ends soon; what comes next then is looked for at once. */
const STARTING_MS = 250;

export interface QueueDuty extends Duty {
  /** Whether something is to start by itself, now or later, without anybody's doing. */
  isNeeded(): boolean;
  /** Resolves when nothing is being started any more. */
  settled(): Promise<void>;
}

/** Starts what is ready after every change, and when a wait ends. Starts go on side by side: a slow one holds up only its own place. */
export function queueDuty(app: App): QueueDuty {
  const starting = new Map<number, Promise<void>>();
  const failed = new Map<number, number>();
  let needed = true;
  const begin = async (task: number): Promise<void> => {
    try {
      const { outcome, says } = await startFromQueue(app, task);
      if (outcome === 'failed') failed.set(task, app.clock.now() + AGAIN_MS);
      if (outcome !== 'not_now') app.log.info(says);
    } catch (error) {
      failed.set(task, app.clock.now() + AGAIN_MS);
      app.log.error(`#${task} could not be started.`, error);
    } finally {
      starting.delete(task);
    }
  };
  return {
    name: 'queue',
    isNeeded: () => needed || starting.size > 0,
    settled: async () => void (await Promise.all(starting.values())),
    async run() {
      const now = app.clock.now();
      for (const [task, until] of failed) if (until <= now) failed.delete(task);
      if (isAtRest(app)) {
        // With its slots full it is the sessions that need the supervisor.
        needed = false;
        return REST_MS;
      }
      const plan = planQueue(app);
      for (const task of plan.start) {
        if (starting.size >= STARTS_AT_ONCE) break;
        if (!starting.has(task) && !failed.has(task)) starting.set(task, begin(task));
      }
      needed = needsClock(plan);
      if (starting.size > 0) return STARTING_MS;
      const next = nextEnd(plan.waits.values(), failed.values()) - now;
      return Math.max(AFTER_MS, Math.min(REST_MS, next + AFTER_MS));
    },
  };
}

/** When the first wait ends of which that is known, or a task that could not be started is tried again. */
function nextEnd(waits: Iterable<Wait>, failed: Iterable<number>): number {
  let next = Math.min(...failed);
  for (const { until } of waits) if (until !== null && until < next) next = until;
  return next;
}
