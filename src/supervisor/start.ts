import type { App } from '#app.ts';
import { deliveriesDuty } from './deliveries.ts';
import { type Duty, startDuties } from './duty.ts';
import { feedbackDuty } from './feedback.ts';
import { fixesDuty } from './fixes.ts';
import { landingsDuty } from './landings.ts';
import { notificationsDuty } from './notifications.ts';
import { createOpenSessions } from './open-sessions.ts';
import { parkingDuty } from './parking.ts';
import { transcriptsDuty, workDuty } from './progress.ts';
import { pullRequestsDuty } from './pull-requests.ts';
import { radarDuty } from './radar.ts';
import { reviewLoopsDuty } from './review-loops.ts';
import { sessionsDuty } from './sessions.ts';
import { stacksDuty } from './stacks.ts';

const BEAT_MS = 5_000;
/** With nothing to supervise for this long it ends itself; whoever needs it starts it again. */
const IDLE_END_MS = 60_000;

/**
 * Runs the clock until there is nothing to supervise, or `stop` is aborted. Killed at any instant it loses nothing: all that it knows is in the
 * database and in the world, and it looks at both again when it starts.
 */
export async function startSupervisor(app: App, stop: AbortSignal): Promise<void> {
  const open = createOpenSessions(app);
  const sessions = sessionsDuty(app, open);
  const idle = idleDuty(app, open);
  const duties = [
    sessions,
    deliveriesDuty(app),
    pullRequestsDuty(app),
    landingsDuty(app),
    feedbackDuty(app),
    fixesDuty(app),
    transcriptsDuty(app, open),
    workDuty(app, open),
    stacksDuty(app, open),
    radarDuty(app, open),
    notificationsDuty(app),
    reviewLoopsDuty(app, sessions.panes),
    parkingDuty(app, open),
    idle,
  ];
  app.host.beat(app.paths.heartbeat);
  app.log.info('The supervisor starts.');
  const loop = startDuties(duties, (duty, error) => app.log.error(`Duty "${duty}" failed.`, error));
  const unwatch = app.changes(() => loop.wake());
  const unwatchClaude = app.claude.watchSessionsFiles(() => loop.wake(sessions.name));
  await Promise.race([
    idle.ended,
    new Promise<void>((done) => stop.addEventListener('abort', () => done())),
  ]);
  unwatch();
  unwatchClaude();
  sessions.close();
  await loop.stop();
  app.log.info('The supervisor ends.');
}

/** Shows that it lives, and finds out when it is not needed any more. */
function idleDuty(app: App, open: { list(): readonly unknown[] }): Duty & { ended: Promise<void> } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  let beaten = 0;
  let neededAt = app.clock.now();
  return {
    name: 'idle',
    ended,
    async run() {
      const now = app.clock.now();
      if (now - beaten >= BEAT_MS) {
        app.host.beat(app.paths.heartbeat);
        beaten = now;
      }
      if (open.list().length > 0 || app.store.pullRequests.open().length > 0) neededAt = now;
      if (now - neededAt > IDLE_END_MS) end();
      return BEAT_MS;
    },
  };
}
