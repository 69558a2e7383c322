import { expect, test } from 'vitest';
import { createClock } from '#adapters/clock.ts';

test('a wait ends when its signal does', async () => {
  const clock = createClock();
  const stop = new AbortController();
  const waiting = clock.wait(60_000, stop.signal);
  stop.abort();
  await waiting;
  await clock.wait(60_000, stop.signal);
});

test('now and iso tell the same time, and ids differ', () => {
  const clock = createClock();
  expect(Math.abs(Date.parse(clock.iso()) - clock.now())).toBeLessThan(1000);
  expect(clock.uuid()).not.toBe(clock.uuid());
});
