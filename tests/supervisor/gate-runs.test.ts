import { expect, test } from 'vitest';
import { gateRunsDuty } from '#supervisor/gate-runs.ts';
import { gateStage } from '../support/gate-stage.ts';

test('a run whose runner is gone is ended; one that is claimed goes on', async () => {
  const { app, shell, work } = gateStage([]);
  const run = { taskId: 1, sessionId: work.session.id, gate: 'test', command: 'npm test' };
  app.store.write(() =>
    app.store.gateRuns.add({ ...run, headCommit: 'head', clean: true, startedAt: 1 }),
  );
  const duty = gateRunsDuty(app);
  const release = shell.claim(work.session.id);
  expect(await duty.run()).toBe(5_000);
  expect(app.store.gateRuns.of(1)).toMatchObject([{ outcome: null, endedAt: null }]);
  release?.();
  expect(await duty.run()).toBe(60_000);
  expect(app.store.gateRuns.of(1)).toMatchObject([
    { outcome: 'unknown', note: 'It was cut off.', endedAt: app.clock.now() },
  ]);
  expect(shell.held).toEqual([]);
});
