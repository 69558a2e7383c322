import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Session } from '#domain/session.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { launchTask } from '#operations/task/launch.ts';

/** A Claude that was resumed is at its prompt after a few seconds. */
const RESUME_MS = 30_000;
const LOOK_MS = 200;

/** Starts the Claude of a session that was parked again, with its conversation. Returns whether it had to. */
export async function wakeParked(app: App, taskId: number): Promise<boolean | Refusal> {
  const session = app.store.sessions.openOf(taskId);
  if (session === null || session.state !== 'open' || session.parkedAt === null) return false;
  // Its next turn wakes it, and what it printed can be read.
  if (session.runner === 'headless') return false;
  const launched = await launchTask.run(app, { task: [taskId] });
  return isRefusal(launched) ? launched : true;
}

/** The session of a task whose Claude was just resumed, once it is at its prompt. */
export async function awaitPrompt(app: App, taskId: number): Promise<Session | Refusal> {
  const { store, clock } = app;
  const deadline = clock.now() + RESUME_MS;
  for (;;) {
    await lookAtSessions(app, [taskId]);
    const now = store.sessions.openOf(taskId);
    if (now?.state === 'open' && now.activity.name === 'idle') return now;
    if (clock.now() > deadline) {
      return refuse(
        `Claude was resumed in #${taskId}, but is not at its prompt yet.`,
        `See what is there, then say it again: claustre attach ${taskId}`,
      );
    }
    await clock.wait(LOOK_MS);
  }
}
