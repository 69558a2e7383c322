import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { repeatTasks } from '#operations/schedule/repeat.ts';
import type { Duty } from './duty.ts';

/** A task that ends is a change, and wakes it; the rest is for a clock that was set. */
const REST_MS = 60_000;

/** The next occurrences of tasks that repeat. */
export function repeatsDuty(app: App): Duty {
  return {
    name: 'repeats',
    async run() {
      const repeated = await repeatTasks.run(app, {});
      if (!isRefusal(repeated) && repeated.made.length + repeated.moved.length > 0) {
        app.log.info('Tasks repeat.', { ...repeated });
      }
      return REST_MS;
    },
  };
}
