import type { App } from '#app.ts';
import type { GateRun } from '#domain/gate/gate.ts';

type Needs = Pick<App, 'store' | 'clock'>;

/** Ends the records of runs whose runner is gone; returns how many still run. Nobody runs a gate in a worktree that can be claimed. */
export function settleGateRuns(app: Needs & Pick<App, 'host'>): number {
  let running = 0;
  for (const [sessionId, runs] of Map.groupBy(app.store.gateRuns.open(), (run) => run.sessionId)) {
    const release = app.host.shell.claim(sessionId);
    if (release === null) running += runs.length;
    else {
      try {
        settleCutOff(app, sessionId);
      } finally {
        release();
      }
    }
  }
  return running;
}

/** The same for one worktree, for the one who has claimed it. */
export function settleCutOff({ store, clock }: Needs, sessionId: string): void {
  const left = store.gateRuns.open().filter((run) => run.sessionId === sessionId);
  if (left.length === 0) return;
  store.write(() => {
    for (const run of left) {
      const ended: GateRun = {
        ...run,
        ...{ endedAt: clock.now(), outcome: 'unknown', note: 'It was cut off.' },
      };
      const data = { gate: run.gate, outcome: ended.outcome, note: ended.note };
      store.gateRuns.end(ended, { kind: 'gate.run', source: 'claustre', at: clock.iso(), data });
    }
  });
}
