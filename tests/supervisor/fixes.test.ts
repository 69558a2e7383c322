import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { fixesDuty } from '#supervisor/fixes.ts';
import { createLanes } from '#supervisor/lanes.ts';
import { addProject, addTask } from '../support/fake-app.ts';
import { patientLanes } from '../support/patient-lanes.ts';
import { aCheck } from '../support/reading.ts';
import { CI_FAILED, start } from '../support/start-rounds.ts';
import { waitFor } from '../support/wait-for.ts';
import { granted } from '../support/workshop.ts';

test('a remote that does not answer is asked less and less, and again at once when it did', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  const { git, clock } = it.app;
  const { remoteHead } = git;
  let asked = 0;
  const down: typeof remoteHead = async () => {
    asked += 1;
    return refuse('The remote does not answer.');
  };
  Object.assign(git, { remoteHead: down });
  const duty = fixesDuty(it.app, patientLanes());
  const waits: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    waits.push(await duty.run());
    // Woken before its time it asks nobody.
    expect(await duty.run()).toBe(waits.at(-1));
    clock.advance(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 60_000, 60_000]);
  expect(asked).toBe(6);
  Object.assign(git, { remoteHead });
  await duty.run();
  expect(it.sent()).toHaveLength(1);
});

test('a round that cannot be looked at holds up nothing else, and is told of once', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  const { store, log } = it.app;
  await fixesDuty(it.app, patientLanes()).run();
  expect(it.sent()).toHaveLength(1);
  const told: string[] = [];
  Object.assign(log, { error: (text: string) => told.push(text) });
  const { openOf } = store.sessions;
  const fail = () =>
    Object.assign(store.sessions, {
      openOf: () => {
        throw new Error('The disk is gone.');
      },
    });
  fail();
  const duty = fixesDuty(it.app, patientLanes());
  await duty.run();
  await duty.run();
  const ends = () => told.filter((text) => text.includes('could not be ended'));
  expect(ends()).toEqual([`The round of #${it.id} could not be ended.`]);
  Object.assign(store.sessions, { openOf });
  expect(it.rounds()).toHaveLength(1);
  it.endTurn();
  await duty.run();
  expect(it.rounds()).toMatchObject([{ endedAt: expect.any(Number) }]);
  // The same trouble with its next round is told of again.
  it.reads(CI_FAILED);
  granted(await it.fix());
  fail();
  await duty.run();
  expect(ends()).toHaveLength(2);
});

test('a log that does not come holds up no round of another project', async () => {
  const job = { id: 71, run: 3 };
  const red = { checks: 'failed', checkRuns: [aCheck('build', 'FAILURE', { job })] } as const;
  const it = await start(
    { ...red, checkRuns: [...red.checkRuns] },
    { status: 'ci_failed', fix: 'automatic' },
  );
  const { app } = it;
  let asked = 0;
  Object.assign(app.gh, {
    readJobLog: () => {
      asked += 1;
      return new Promise(() => {});
    },
  });
  Object.assign(app.host, { readKept: () => null });
  const duty = fixesDuty(app, createLanes(1));
  await waitFor('the log to be asked for', async () => (await duty.run()) > 0 && asked > 0);
  const other = addTask(app, addProject(app, { name: 'other' }), { status: 'in_review' });
  const event = { kind: 'x', source: 'person', at: app.clock.iso() } as const;
  app.store.write(() => app.store.rounds.add({ ...ROUND, taskId: other.id }, event));
  const isOver = () => app.store.rounds.openOf(other.id) === null;
  await waitFor('the other to be looked at', async () => (await duty.run()) > 0 && isOver());
  expect(app.store.rounds.of(other.id)).toMatchObject([{ outcome: 'stopped' }]);
  expect({ asked, sent: it.sent() }).toEqual({ asked: 1, sent: [] });
});

/** A round whose pull request is not followed any more: it ends at the next look. */
const ROUND = {
  ...{ pullRequestId: null, kind: 'fix', evidence: [], headCommit: null, startedAt: 1 },
  ...{ sentAt: null, endedAt: null, outcome: null, note: null, costUsd: null },
} as const satisfies Partial<Round>;
