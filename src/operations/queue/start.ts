import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { type Decision, decide } from '#domain/queue/decide.ts';
import { isMoving } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { Launcher } from '#operations/launch/launcher.ts';
import { tasksInSessions } from '#operations/session/tasks-in-sessions.ts';
import { launchOne } from '#operations/task/launch.ts';
import { inLaunchEnvironment } from './environment.ts';
import { type QueueReader, queueReader, takenSlots } from './facts.ts';

/** What is outside and is broken may be mended by then. */
const AGAIN_MS = 60_000;

/** What became of a task that was to start: `not_now` when somebody else was faster, or it is not its turn any more. */
export interface Start {
  task: number;
  outcome: 'started' | 'not_now' | 'failed';
  /** One sentence about it. */
  says: string;
}

/** Whether nothing can start whatever is pending: everything is paused, no queue runs, or all slots are taken and no launch was cut off. */
export function isAtRest(app: App): boolean {
  const { store, config } = app;
  if (store.queue.read().pausedAt !== null) return true;
  if (!store.projects.all().some(({ queue }) => queue === 'runs')) return true;
  const full = takenSlots(app).length >= config.settings.queue.maxSessions;
  return full && cutOffLaunches(app).length === 0;
}

/** What the queue does now: before all that is ready it finishes the launches that were cut off. */
export function planQueue(app: App, reader: QueueReader = queueReader(app)): Decision {
  const facts = reader.facts();
  const { start, waits } = decide(facts);
  if (facts.queue.pausedAt !== null) return { start, waits };
  const cutOff = cutOffLaunches(app).filter(
    ({ projectId }) => facts.projects.get(projectId)?.queue === 'runs',
  );
  return { start: [...cutOff.map(({ id }) => id), ...start], waits };
}

/** Autonomous tasks whose launch somebody began and did not finish, because the process was killed. */
function cutOffLaunches({ store, clock, host }: App): Task[] {
  const cutOff = tasksInSessions(store).filter(
    ({ task, session }) =>
      task.mode === 'autonomous' &&
      session.state === 'opening' &&
      !isMoving(session, clock.now(), host.isAlive),
  );
  return cutOff.map(({ task }) => task);
}

/**
 * Starts a task of the plan, by the same launch as a person's. Whether it is to start is decided once more in the transaction that takes it, so that
 * any number of callers start each task once and never take more than the slots. What fails is told, not thrown.
 */
export async function startFromQueue(app: App, task: number): Promise<Start> {
  const reader = queueReader(app);
  let taken: boolean | null = null;
  const launcher: Launcher = {
    source: 'supervisor',
    taking() {
      const no = whyNoMore(app, task, reader);
      taken = no === undefined;
      return no;
    },
    retryAt: (code) =>
      code === 'environment' ? new Date(app.clock.now() + AGAIN_MS).toISOString() : null,
  };
  const not = (no: { reason: string; hint?: string | undefined }): Start => {
    const hint = no.hint === undefined ? '' : ` ${no.hint}`;
    const says = `#${task} was not started: ${no.reason}${hint}`;
    return { task, outcome: taken === false ? 'not_now' : 'failed', says };
  };
  try {
    const launched = await launchOne(inLaunchEnvironment(app), task, () => launcher);
    if (isRefusal(launched)) return not(launched);
    return { task, outcome: taken ? 'started' : 'not_now', says: launched.says };
  } catch (error) {
    app.log.error(`#${task} could not be started.`, error);
    return not({ reason: error instanceof Error ? error.message : String(error) });
  }
}

function whyNoMore(app: App, task: number, reader: QueueReader): Refusal | undefined {
  const { start, waits } = planQueue(app, reader);
  if (start.includes(task)) return undefined;
  const because = waits.get(task)?.text;
  return refuse(because === undefined ? 'somebody else was faster.' : `it waits: ${because}.`);
}
