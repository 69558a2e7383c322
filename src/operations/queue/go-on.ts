import type { App } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { slotsOf } from '#domain/queue/slots.ts';
import type { Wait } from '#domain/queue/wait.ts';
import type { Task } from '#domain/task.ts';
import { CLOCK, type Launcher } from '#operations/launch/launcher.ts';
import type { Launched } from '#operations/launch/resume.ts';
import { launchOne } from '#operations/task/launch.ts';
import { inLaunchEnvironment } from './environment.ts';
import { type QueueNeeds, queueProject, takenSlots } from './facts.ts';

type Worker = Pick<Task, 'id' | 'projectId' | 'mode'>;

/** Why there is no slot for a task whose Claude goes on by itself; null where one is free, it has one already, or it needs none. */
export function goOnWait(app: QueueNeeds, task: Worker): Wait | null {
  return slotReader(app, task)();
}

/** Starts the Claude of a task again in the session that it has, by nobody's word: only as far as slots are free. */
export function goOnByItself(app: App, id: Task['id']): Promise<Launched | Refusal> {
  return launchOne(inLaunchEnvironment(app), id, (task): Launcher => {
    const wait = slotReader(app, task);
    return {
      ...CLOCK,
      taking() {
        const full = wait();
        return full === null ? undefined : refuse(`#${task.id} waits: ${full.text}.`);
      },
    };
  });
}

/** The settings are read at once, the slots when asked: that is in the transaction that takes one. */
function slotReader(app: QueueNeeds, task: Worker): () => Wait | null {
  const project = queueProject(app, task.projectId);
  return () => {
    const taken = takenSlots(app);
    if (task.mode !== 'autonomous' || project === null) return null;
    if (taken.some((slot) => slot.task === task.id)) return null;
    return slotsOf({ projects: new Map([[task.projectId, project]]), taken }).waitOf(task);
  };
}
