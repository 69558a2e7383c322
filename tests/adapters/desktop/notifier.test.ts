import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createNotifier } from '#adapters/desktop/notifier.ts';
import { isRefusal } from '#domain/error.ts';

function stage(exitCode: number, platform: NodeJS.Platform = 'linux') {
  const calls: string[][] = [];
  const run = async (program: string, args: readonly string[]) => {
    calls.push([program, ...args]);
    return { exitCode, stdout: '', stderr: 'no display' };
  };
  return { calls, notifier: createNotifier(run, platform, {}) };
}

test('a notification of Linux is marked up, so its text is not', async () => {
  const { calls, notifier: own } = stage(0);
  expect(await own.notify('app', '-a <b> & c')).toBeUndefined();
  const said = ['app', '-a &lt;b&gt; &amp; c'];
  expect(calls).toEqual([['notify-send', '--app-name=claustre', '--', ...said]]);
});

test('a Mac tries its better program first; texts are arguments and never part of a script', async () => {
  const { calls, notifier: own } = stage(1, 'darwin');
  const refused = await own.notify('app', '[x] "quoted"');
  expect(isRefusal(refused) && refused.reason).toContain('no display');
  expect(calls.map(([program]) => program)).toEqual(['terminal-notifier', 'osascript']);
  expect(calls[0]).toContain('\\[x] "quoted"');
  expect(calls[1]?.slice(-3)).toEqual(['--', 'app', '[x] "quoted"']);
});

test('a program that is missing is a refusal, and long texts are cut', async () => {
  const own = createNotifier(runCommand, 'linux', { PATH: '/nowhere' });
  expect(await own.notify('app', 'x')).toMatchObject({ code: 'environment' });
  expect(await own.tell(['no-such-notifier', 'x'])).toMatchObject({ code: 'environment' });
  const { calls, notifier: quick } = stage(0);
  await quick.notify('app', 'x'.repeat(10_000));
  expect(calls[0]?.at(-1)).toHaveLength(240);
});
