import type { App } from '#app.ts';
import { endsByItself } from '#domain/queue/ready.ts';
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
      const { start, waits } = planQueue(app);
      for (const task of start) {
        if (starting.size >= STARTS_AT_ONCE) break;
        if (!starting.has(task) && !failed.has(task)) starting.set(task, begin(task));
      }
      const reasons = [...waits.values()];
      needed = start.length > 0 || reasons.some(endsByItself);
      if (starting.size > 0) return STARTING_MS;
      const ends = reasons.flatMap(({ until }) => until ?? []);
      const next = Math.min(...failed.values(), ...ends) - now;
      return Math.max(AFTER_MS, Math.min(REST_MS, next + AFTER_MS));
    },
  };
}
