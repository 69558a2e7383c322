import type { App } from '#app.ts';
import { needsClock } from '#domain/queue/decide.ts';
import { repeatTasks } from '#operations/schedule/repeat.ts';
import { ensureSupervisor } from '#operations/supervisor/ensure.ts';
import { runningSupervisor } from '#operations/supervisor/running.ts';
import { isAtRest, planQueue } from './start.ts';

/**
 * Makes the next of what repeats, and starts the supervisor when none runs and something is to start by itself, now or later: what a person just
 * added or finished may be the reason.
 * What goes wrong is logged; what the person asked for is done.
 */
export async function keepQueueGoing(app: App): Promise<void> {
  try {
    // What repeats and has just ended is to come again, also where no supervisor runs yet.
    await repeatTasks.run(app, {});
    if (runningSupervisor(app) === null && isGoing(app)) await ensureSupervisor(app);
  } catch (error) {
    app.log.error('It could not be told whether the queue needs the supervisor.', error);
  }
}

function isGoing(app: App): boolean {
  return !isAtRest(app) && needsClock(planQueue(app));
}
