import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { fixesDuty } from '#supervisor/fixes.ts';
import { CI_FAILED, start } from '../support/start-rounds.ts';
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
  const duty = fixesDuty(it.app);
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
  await fixesDuty(it.app).run();
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
  const duty = fixesDuty(it.app);
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
