import type { App } from '#app.ts';
import { needsClock } from '#domain/queue/decide.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { STARTS_AT_ONCE } from '#operations/queue/feed.ts';
import { noteMemory } from '#operations/queue/memory.ts';
import { isAtRest, planQueue, startFromQueue } from '#operations/queue/start.ts';
import type { Duty } from './duty.ts';

/** A task that could not be started, and was not held for it, is left alone for this long; each time in a row for twice as long. */
const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 60_000;
/** Changes and the ends of waits wake it; this is for settings that were changed, and for a clock that was set. */
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
  const failed = new Map<number, { until: number; ms: number }>();
  let needed = true;
  const fail = (task: number): void => {
    const ms = Math.min(AGAIN_MOST_MS, (failed.get(task)?.ms ?? AGAIN_MS / 2) * 2);
    failed.set(task, { ms, until: app.clock.now() + ms });
  };
  const begin = async (task: number): Promise<void> => {
    try {
      const { outcome, says } = await startFromQueue(app, task);
      if (outcome === 'failed') fail(task);
      else failed.delete(task);
      if (outcome !== 'not_now') app.log.info(says);
    } catch (error) {
      fail(task);
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
      if (isAtRest(app)) {
        // With its slots full it is the sessions that need the supervisor.
        needed = false;
        return REST_MS;
      }
      await noteMemory(app);
      const plan = planQueue(app);
      for (const task of plan.start) {
        if (starting.size >= STARTS_AT_ONCE) break;
        const rests = (failed.get(task)?.until ?? 0) > now;
        if (!starting.has(task) && !rests) starting.set(task, begin(task));
      }
      needed = needsClock(plan);
      if (starting.size > 0) return STARTING_MS;
      for (const task of failed.keys()) if (!plan.start.includes(task)) failed.delete(task);
      const next = nextEnd([...plan.waits.values(), ...failed.values()]) - now;
      return Math.max(AFTER_MS, Math.min(REST_MS, next + AFTER_MS));
    },
  };
}

/** When the first wait ends of which that is known, or a task that could not be started is tried again. */
function nextEnd(waits: readonly Pick<Wait, 'until'>[]): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { until } of waits) if (until !== null && until < next) next = until;
  return next;
}
