import type { App } from '#app.ts';
import { settleGateRuns } from '#operations/gate/settle.ts';
import type { Duty } from './duty.ts';

/** While one runs: that its runner is gone is told by nobody. */
const WATCH_MS = 5_000;
const REST_MS = 60_000;

/** Ends the records of gates whose runner was killed, so that nothing is shown as running that does not. */
export function gateRunsDuty(app: Pick<App, 'store' | 'clock' | 'host'>): Duty {
  return {
    name: 'gate-runs',
    run: async () => (settleGateRuns(app) > 0 ? WATCH_MS : REST_MS),
  };
}
