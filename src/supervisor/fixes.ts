import type { App } from '#app.ts';
import { settleRounds } from '#operations/round/settle.ts';
import { automaticTasks, stepFix } from '#operations/round/step.ts';
import type { Duty } from './duty.ts';

/** A round that runs is looked at this often; hooks that tell of its end wake the duty. */
const ROUND_MS = 2_000;
/** What waits for something is looked at again after this; most of it wakes the duty when it happens. */
const WAIT_MS = 5_000;
/** Each time in a row that others had to be asked: they are not asked all day every few seconds. */
const ASKED_MS = [5_000, 10_000, 20_000, 30_000];
const ASKED_MOST_MS = 60_000;
/** What could not be done is tried again after this. */
const AGAIN_MS = 15_000;
const REST_MS = 60_000;

/** Rounds of fixing: ends those that are over, and tells Claude by itself where the policy says so. */
export function fixesDuty(app: App): Duty {
  /** When a task that waited may be looked at again. */
  const waiting = new Map<number, number>();
  /** How often in a row others were asked for a task, and nothing came of it. */
  const asked = new Map<number, number>();
  const troubles = new Map<number, string>();
  /** What was told of an open round already: it is looked at every few seconds. */
  const unsettled = new Map<number, string>();
  return {
    name: 'fixes',
    async run() {
      const open = await settleRounds(app, (id, error) => {
        if (unsettled.get(id) === String(error)) return;
        unsettled.set(id, String(error));
        app.log.error(`The round of #${id} could not be ended.`, error);
      });
      const tasks = automaticTasks(app);
      const watched = tasks.map(({ id }) => id);
      for (const known of [waiting, asked, troubles]) keepOnly(known, watched);
      keepOnly(unsettled, open);
      for (const { id } of tasks) {
        if ((waiting.get(id) ?? 0) > app.clock.now()) continue;
        try {
          const wait = await stepFix(app, id);
          const times = wait?.asked === true ? (asked.get(id) ?? 0) + 1 : 0;
          asked.set(id, times);
          if (wait === null) waiting.delete(id);
          else waiting.set(id, app.clock.now() + waitMs(times));
          troubles.delete(id);
        } catch (error) {
          waiting.set(id, app.clock.now() + AGAIN_MS);
          if (troubles.get(id) === String(error)) continue;
          troubles.set(id, String(error));
          app.log.error(`#${id} could not be fixed by itself.`, error);
        }
      }
      const next = Math.min(...waiting.values()) - app.clock.now();
      return Math.max(250, Math.min(open.length > 0 ? ROUND_MS : REST_MS, next));
    },
  };
}

function keepOnly(known: Map<number, unknown>, tasks: readonly number[]): void {
  for (const id of known.keys()) if (!tasks.includes(id)) known.delete(id);
}

function waitMs(times: number): number {
  return times === 0 ? WAIT_MS : (ASKED_MS[times - 1] ?? ASKED_MOST_MS);
}
