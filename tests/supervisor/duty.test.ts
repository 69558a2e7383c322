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
