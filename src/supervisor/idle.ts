import type { App } from '#app.ts';
import { isSupervisorNeeded } from '#operations/supervisor/needed.ts';
import type { Duty } from './duty.ts';

const BEAT_MS = 5_000;
/** With nothing to supervise for this long it ends itself; whoever needs it starts it again. */
const IDLE_END_MS = 60_000;

/** Shows that it lives, and finds out when it is not needed any more. */
export function idleDuty(
  app: App,
  queue: { isNeeded(): boolean },
): Duty & { ended: Promise<void> } {
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
      if (isSupervisorNeeded(app) || queue.isNeeded()) neededAt = now;
      if (now - neededAt > IDLE_END_MS) end();
      return beaten + BEAT_MS - now;
    },
  };
}
