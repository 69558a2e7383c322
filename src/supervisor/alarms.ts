import type { App } from '#app.ts';
import { watchAlarms } from '#operations/session/alarm.ts';
import type { Duty } from './duty.ts';

/** Nobody runs in circles within less. */
const LOOK_MS = 5_000;
/** Where nobody works, a change wakes the duty. */
const REST_MS = 60_000;

/** Notices a Claude that runs in circles. */
export function alarmsDuty(app: App): Duty {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'alarms',
    async run() {
      const now = app.clock.now();
      const since = now - lookedAt;
      if (since >= 0 && since < LOOK_MS) return LOOK_MS - since;
      lookedAt = now;
      return (await watchAlarms(app)) > 0 ? LOOK_MS : REST_MS;
    },
  };
}
