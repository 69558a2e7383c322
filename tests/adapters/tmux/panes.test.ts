import { expect, onTestFinished, test } from 'vitest';
import { createPaneReader, parsePanes } from '#adapters/tmux/panes.ts';

test('a living, an ended and a killed pane are told apart', () => {
  const panes = parsePanes([
    'one %0 11 10 0 s g b 80 24 node',
    'two %1 12 10 1 s7 g b1 120 40 sh',
    'three %2 13 10 1 s g9 b 80 24 a b',
    'four %3 14 10 1 s gTERM b 80 24 ',
  ]);
  expect(panes.map((pane) => [pane.dead, pane.exitStatus, pane.signal, pane.command])).toEqual([
    [false, null, null, 'node'],
    [true, 7, null, 'sh'],
    [true, null, 9, 'a b'],
    [true, null, 15, ''],
  ]);
  expect(panes[1]).toMatchObject({ session: 'two', pane: '%1', pid: 12, serverPid: 10 });
  expect(panes[1]).toMatchObject({ width: 120, height: 40, beside: true });
  expect(panes[0]).not.toHaveProperty('beside');
});

test('lines that are no panes are left out', () => {
  expect(parsePanes(['', 'hello', 'one %x 1 1 0 s g b 1 1 c'])).toEqual([]);
});

test('a lost exit status comes back after one nudge of the server', async () => {
  let reaped = false;
  const onSignal = () => {
    reaped = true;
  };
  process.on('SIGCHLD', onSignal);
  onTestFinished(() => void process.off('SIGCHLD', onSignal));
  const read = createPaneReader(async () => [
    `one %0 11 ${process.pid} 1 s${reaped ? '3' : ''} g b 80 24 sh`,
  ]);
  expect(await read()).toMatchObject([{ dead: true, exitStatus: 3 }]);
});

test('a status that does not come back is unknown and not asked for again', async () => {
  let nudges = 0;
  let reads = 0;
  const onSignal = () => {
    nudges += 1;
  };
  process.on('SIGCHLD', onSignal);
  onTestFinished(() => void process.off('SIGCHLD', onSignal));
  const read = createPaneReader(async () => {
    reads += 1;
    return [`one %0 11 ${process.pid} 1 s g b 80 24 sh`];
  });
  expect(await read()).toMatchObject([{ dead: true, exitStatus: null, signal: null }]);
  const before = { nudges, reads };
  await read();
  expect(reads).toBe(before.reads + 1);
  expect(nudges).toBe(before.nudges);
  expect(nudges).toBeGreaterThan(0);
});
