import { expect, test } from 'vitest';
import { startDuties } from '#supervisor/duty.ts';
import { waitFor } from '../support/wait-for.ts';

test('a duty runs when its time comes, when it is woken, and never twice at once', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const duty = {
    name: 'counting',
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      runs += 1;
      return 60_000;
    },
  };
  const loop = startDuties([duty], () => undefined);
  await waitFor('the first run', () => runs === 1);
  loop.wake();
  loop.wake();
  await waitFor('the second run', () => runs === 2);
  await loop.stop();
  expect({ runs, most }).toEqual({ runs: 2, most: 1 });
});

test('a wake by name wakes that duty alone', async () => {
  const runs = { one: 0, two: 0 };
  const counting = (name: 'one' | 'two') => ({
    name,
    run: async () => {
      runs[name] += 1;
      return 60_000;
    },
  });
  const loop = startDuties([counting('one'), counting('two')], () => undefined);
  await waitFor('the first runs', () => runs.one === 1 && runs.two === 1);
  loop.wake('two');
  await waitFor('the second run', () => runs.two === 2);
  await loop.stop();
  expect(runs).toEqual({ one: 1, two: 2 });
});

test('an error is told and does not end the other duties', async () => {
  const told: string[] = [];
  let runs = 0;
  const broken = { name: 'broken', run: async () => Promise.reject(new Error('no')) };
  const fine = {
    name: 'fine',
    run: async () => {
      runs += 1;
      return 1;
    },
  };
  const loop = startDuties([broken, fine], (duty, error) =>
    told.push(`${duty}: ${(error as Error).message}`),
  );
  await waitFor('some runs', () => runs > 3);
  await loop.stop();
  expect(told).toEqual(['broken: no']);
});

test('a wake while the duty runs is not lost: it runs again at once', async () => {
  let runs = 0;
  let release = (): void => undefined;
  const duty = {
    name: 'slow',
    run: async () => {
      runs += 1;
      if (runs === 1) await new Promise<void>((done) => (release = done));
      return 60_000;
    },
  };
  let woken = 0;
  const seen = {
    name: 'seen',
    run: async () => {
      woken += 1;
      return 60_000;
    },
  };
  const loop = startDuties([duty, seen], () => undefined);
  loop.wake();
  // The wake has been handed on when another duty ran by it.
  await waitFor('the wake', () => woken === 2);
  release();
  await waitFor('the second run', () => runs === 2, 2_000);
  await loop.stop();
});

test.each([
  ['returns', () => 60_000],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
])('a duty that wakes itself and %s does not spin', async (_how, end) => {
  let runs = 0;
  let others = 0;
  const duty = {
    name: 'own',
    run: async () => {
      runs += 1;
      loop.wake('own');
      return end();
    },
  };
  const clock = {
    name: 'clock',
    run: async () => {
      others += 1;
      return 100;
    },
  };
  const loop = startDuties([clock, duty], () => undefined);
  await waitFor('a second to pass', () => others >= 11);
  await loop.stop();
  expect(runs).toBeLessThanOrEqual(6);
});
