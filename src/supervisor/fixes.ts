import type { App } from '#app.ts';
import { isUnsettled, openFixes, settleRounds } from '#operations/round/settle.ts';
import { automaticTasks, stepFix } from '#operations/round/step.ts';
import type { Duty } from './duty.ts';
import { createLanes, PATIENCE_MS } from './lanes.ts';

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

/** What is remembered between two looks. It may be forgotten. */
interface Memory {
  /** When a task that waited may be looked at again. */
  waiting: Map<number, number>;
  /** How often in a row others were asked for a task, and nothing came of it. */
  asked: Map<number, number>;
  /** What was told already of a task. */
  troubles: Map<number, string>;
  /** What was told already of an open round: it is looked at every few seconds. */
  unsettled: Map<number, string>;
}

/**
 * Rounds of fixing: ends those that are over, and tells Claude by itself where the policy says so. Projects beside each other: a remote, or
 * the log of a check that does not come, holds up none but its own.
 */
export function fixesDuty(app: App, lanes = createLanes()): Duty {
  const waiting = new Map<number, number>();
  const memory: Memory = { waiting, asked: new Map(), troubles: new Map(), unsettled: new Map() };
  return {
    name: 'fixes',
    async run() {
      const tasks = automaticTasks(app);
      const watched = tasks.map(({ id }) => id);
      for (const known of [waiting, memory.asked, memory.troubles]) keepOnly(known, watched);
      const rounds = openFixes(app);
      keepOnly(
        memory.unsettled,
        rounds.map(({ id }) => id),
      );
      const all = new Set([...rounds.map(({ taskId }) => taskId), ...watched]);
      const projects = Map.groupBy(all, (id) => projectOf(app, id));
      const work = [...projects].map(([project, ids]) => {
        const steps = ids.filter((id) => watched.includes(id));
        return [project, () => lookAfter(app, project, steps, memory)] as const;
      });
      if (await lanes.run(new Map(work))) return PATIENCE_MS;
      const next = Math.min(...waiting.values()) - app.clock.now();
      return Math.max(250, Math.min(openFixes(app).some(isUnsettled) ? ROUND_MS : REST_MS, next));
    },
  };
}

function projectOf({ store }: App, taskId: number): string {
  return String(store.tasks.find(taskId)?.projectId);
}

async function lookAfter(
  app: App,
  project: string,
  tasks: readonly number[],
  memory: Memory,
): Promise<void> {
  const rounds = openFixes(app).filter(({ taskId }) => projectOf(app, taskId) === project);
  await settleRounds(app, rounds, ({ id, taskId }, error) => {
    if (memory.unsettled.get(id) === String(error)) return;
    memory.unsettled.set(id, String(error));
    app.log.error(`The round of #${taskId} could not be ended.`, error);
  });
  for (const id of tasks) await step(app, id, memory);
}

async function step(app: App, id: number, { waiting, asked, troubles }: Memory): Promise<void> {
  if ((waiting.get(id) ?? 0) > app.clock.now()) return;
  try {
    const wait = await stepFix(app, id);
    const times = wait?.asked === true ? (asked.get(id) ?? 0) + 1 : 0;
    asked.set(id, times);
    if (wait === null) waiting.delete(id);
    else waiting.set(id, app.clock.now() + waitMs(times));
    troubles.delete(id);
  } catch (error) {
    waiting.set(id, app.clock.now() + AGAIN_MS);
    if (troubles.get(id) === String(error)) return;
    troubles.set(id, String(error));
    app.log.error(`#${id} could not be fixed by itself.`, error);
  }
}

function keepOnly(known: Map<number, unknown>, ids: readonly number[]): void {
  for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
}

function waitMs(times: number): number {
  return times === 0 ? WAIT_MS : (ASKED_MS[times - 1] ?? ASKED_MOST_MS);
}
