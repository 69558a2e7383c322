import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { whileLent } from '#adapters/lent-terminal.ts';

const LISTENED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const listeners = () => LISTENED.map((signal) => process.listenerCount(signal));

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s ends the program that has the terminal',
  async (signal) => {
    const before = listeners();
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const ended = whileLent(child, once(child, 'close'));
    process.emit(signal, signal);
    expect(await ended).toEqual([null, signal]);
    expect(listeners()).toEqual(before);
  },
);

test('Ctrl-C is left to the program', async () => {
  const child = spawn('sh', ['-c', 'read -r line; exit 7']);
  await once(child, 'spawn');
  const ended = whileLent(child, once(child, 'close'));
  process.emit('SIGINT', 'SIGINT');
  child.stdin.end('go on\n');
  expect(await ended).toEqual([7, null]);
});

test('nothing is heard any more when the program could not be started', async () => {
  const before = listeners();
  const child = spawn('/nowhere/at-all');
  const failed = new Promise((_, reject) => void child.once('error', reject));
  await expect(whileLent(child, failed)).rejects.toThrow('ENOENT');
  expect(listeners()).toEqual(before);
});
