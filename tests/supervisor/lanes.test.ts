import { expect, test } from 'vitest';
import { createLanes } from '#supervisor/lanes.ts';

const never = () => new Promise<void>(() => {});

/** Lanes that wait for a moment only, and what was done in them. */
function lanes(patienceMs = 1) {
  const done: string[] = [];
  const { run } = createLanes(patienceMs);
  return {
    done,
    run: (work: Record<string, () => Promise<void>>) => run(new Map(Object.entries(work))),
    does: (name: string) => async () => void done.push(name),
  };
}

test('one that is silent holds up only its own lane', async () => {
  const { run, done, does } = lanes();
  expect(await run({ silent: never, other: does('first') })).toBe(true);
  expect(await run({ silent: does('too early'), other: does('second') })).toBe(true);
  expect(done).toEqual(['first', 'second']);
});

test('what ends soon is waited for, and nothing is left then', async () => {
  const { run, done, does } = lanes(60_000);
  expect(await run({ one: does('one'), other: does('other') })).toBe(false);
  expect(done).toEqual(['one', 'other']);
});

test('only a few run at once; the others begin as these end', async () => {
  const { run } = lanes(60_000);
  let now = 0;
  let most = 0;
  const work = async () => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
  };
  const names = Array.from({ length: 20 }, (_, index) => `lane ${index}`);
  expect(await run(Object.fromEntries(names.map((name) => [name, work])))).toBe(false);
  expect({ most, now }).toEqual({ most: 6, now: 0 });
});

test('what goes wrong is thrown once, and its lane is free again', async () => {
  const { run, done, does } = lanes();
  const wrong = async () => {
    throw new Error('It broke.');
  };
  await expect(run({ one: wrong })).rejects.toThrow('It broke.');
  expect(await run({ one: does('one') })).toBe(false);
  expect(done).toEqual(['one']);
});
