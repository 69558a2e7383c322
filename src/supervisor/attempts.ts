import type { App } from '#app.ts';
import { restingSessions, restSession } from '#operations/attempt/rest.ts';
import { stepAttempt } from '#operations/attempt/step.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

const REST_MS = 60_000;
/** Somebody sits before a Claude that is to be ended, or it could not be ended. */
const AGAIN_MS = 30_000;

/** Attempts of autonomous tasks: those that end badly are tried again or given up, and a Claude that has nothing to do any more is ended. */
export function attemptsDuty(app: App, open: OpenSessions): Duty {
  /** What waits by session, and until when. */
  const waiting = new Map<string, number>();
  const troubles = new Map<string, string>();
  const resting = new Map<string, number>();
  const step = async (id: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
      troubles.delete(id);
    } catch (error) {
      waiting.set(id, app.clock.now() + AGAIN_MS);
      // Every commit wakes this duty: the same trouble is told once.
      if (troubles.get(id) === String(error)) return;
      troubles.set(id, String(error));
      app.log.error('The attempt of a session could not be looked after.', error);
    }
  };
  return {
    name: 'attempts',
    async run() {
      const sessions = open.list();
      for (const known of [waiting, troubles, resting]) {
        for (const id of known.keys())
          if (!sessions.some((each) => each.id === id)) known.delete(id);
      }
      for (const session of sessions) {
        await step(session.id, async () => {
          const { reason, until } = await stepAttempt(app, session);
          if (until === null) waiting.delete(session.id);
          else waiting.set(session.id, until);
          if (reason !== null) app.log.info('An attempt waits.', { task: session.taskId, reason });
        });
      }
      for (const session of restingSessions(app)) {
        if ((resting.get(session.id) ?? 0) > app.clock.now()) continue;
        await step(session.id, async () => {
          if (!(await restSession(app, session)))
            resting.set(session.id, app.clock.now() + AGAIN_MS);
        });
      }
      const next = Math.min(...waiting.values(), ...resting.values()) - app.clock.now();
      return Math.max(250, Math.min(REST_MS, next));
    },
  };
}
