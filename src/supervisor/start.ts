import type { App } from '#app.ts';
import { alarmsDuty } from './alarms.ts';
import { attemptsDuty } from './attempts.ts';
import { budgetsDuty } from './budgets.ts';
import { deliveriesDuty } from './deliveries.ts';
import { startDuties } from './duty.ts';
import { feedbackDuty } from './feedback.ts';
import { fixesDuty } from './fixes.ts';
import { gateRunsDuty } from './gate-runs.ts';
import { idleDuty } from './idle.ts';
import { landingsDuty } from './landings.ts';
import { limitsDuty } from './limits.ts';
import { notificationsDuty } from './notifications.ts';
import { createOpenSessions } from './open-sessions.ts';
import { parkingDuty } from './parking.ts';
import { transcriptsDuty, workDuty } from './progress.ts';
import { pullRequestsDuty } from './pull-requests.ts';
import { queueDuty } from './queue.ts';
import { radarDuty } from './radar.ts';
import { repeatsDuty } from './repeats.ts';
import { reviewLoopsDuty } from './review-loops.ts';
import { sessionsDuty } from './sessions.ts';
import { stacksDuty } from './stacks.ts';

/**
 * Runs the clock until there is nothing to supervise, or `stop` is aborted. Killed at any instant it loses nothing: all that it knows is in the
 * database and in the world, and it looks at both again when it starts.
 */
export async function startSupervisor(app: App, stop: AbortSignal): Promise<void> {
  const open = createOpenSessions(app);
  const sessions = sessionsDuty(app, open);
  const queue = queueDuty(app);
  const idle = idleDuty(app, queue);
  const duties = [
    sessions,
    queue,
    deliveriesDuty(app),
    attemptsDuty(app, open),
    pullRequestsDuty(app),
    landingsDuty(app),
    feedbackDuty(app),
    fixesDuty(app),
    transcriptsDuty(app, open),
    workDuty(app, open),
    stacksDuty(app, open),
    radarDuty(app, open),
    limitsDuty(app, open),
    budgetsDuty(app),
    alarmsDuty(app),
    notificationsDuty(app),
    repeatsDuty(app),
    reviewLoopsDuty(app, sessions.panes),
    gateRunsDuty(app),
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
  await queue.settled();
  app.log.info('The supervisor ends.');
}
