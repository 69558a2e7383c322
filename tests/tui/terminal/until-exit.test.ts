import { expect, test } from 'vitest';
import { untilExit } from '#tui/terminal/until-exit.ts';

const EVENTS = ['uncaughtException', 'unhandledRejection', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const listeners = () => EVENTS.map((event) => process.listenerCount(event));

function open() {
  const crashes: unknown[] = [];
  let end: () => void = () => undefined;
  const exited = new Promise<void>((resolve) => {
    end = resolve;
  });
  const ending = { isAway: () => false, onHangup: () => undefined, end: () => end() };
  const code = untilExit({ waitUntilExit: () => exited }, (error) => crashes.push(error), ending);
  return { code, crashes, end: () => end() };
}

test('a dashboard that the person leaves ends with 0, and nothing is heard afterwards', async () => {
  const before = listeners();
  const { code, end } = open();
  expect(listeners()).toEqual(before.map((count) => count + 1));
  end();
  expect(await code).toBe(0);
  expect(listeners()).toEqual(before);
});

test('one that a signal ends says so', async () => {
  const { code, crashes } = open();
  process.emit('SIGTERM', 'SIGTERM');
  expect(await code).toBe(143);
  expect(crashes).toEqual([]);
});
