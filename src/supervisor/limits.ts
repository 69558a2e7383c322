import type { App } from '#app.ts';
import { closeLimitMenus } from '#operations/limit/close-menu.ts';
import { goOnAfterLimit, type Tried } from '#operations/limit/go-on.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

/** A machine that slept, or a clock that was put, is noticed after this. */
const MOST_MS = 30_000;
/** Without a limited session a change wakes the duty. */
const REST_MS = 60_000;

/** Sessions that a usage limit stopped: closes Claude's menu, and tells them to go on after the reset. */
export function limitsDuty(app: App, open: OpenSessions): Duty {
  const tried: Tried = new Map();
  return {
    name: 'limits',
    async run() {
      const limited = open.list().filter(({ activity }) => activity.name === 'limited');
      for (const id of tried.keys()) {
        if (!limited.some((each) => each.id === id)) tried.delete(id);
      }
      if (limited.length === 0) return REST_MS;
      const waits = [await closeLimitMenus(app), await goOnAfterLimit(app, tried)];
      return Math.min(MOST_MS, ...waits.flatMap((ms) => ms ?? []));
    },
  };
}
