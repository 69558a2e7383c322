import type { App } from '#app.ts';
import type { GateRun } from '#domain/gate/gate.ts';

/** Ends the records of runs that ended with whoever ran them. Only for the one who has claimed the worktree: then nobody runs one there. */
export function settleCutOff(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  taskId: number,
  sessionId: string,
): void {
  store.write(() => {
    for (const run of store.gateRuns.of(taskId)) {
      if (run.sessionId !== sessionId || run.endedAt !== null) continue;
      const ended: GateRun = {
        ...run,
        endedAt: clock.now(),
        outcome: 'unknown',
        note: 'It was cut off.',
      };
      const data = { gate: run.gate, outcome: ended.outcome, note: ended.note };
      store.gateRuns.end(ended, { kind: 'gate.run', source: 'claustre', at: clock.iso(), data });
    }
  });
}
