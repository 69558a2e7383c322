import { expect, test } from 'vitest';
import { createDesktop } from '#adapters/desktop.ts';
import { isRefusal } from '#domain/error.ts';

const url = 'https://github.com/acme/app/pull/1';

function desktop(exitCode: number, browser?: string) {
  const calls: string[][] = [];
  const run = async (program: string, args: readonly string[]) => {
    calls.push([program, ...args]);
    return { exitCode, stdout: '', stderr: 'no display' };
  };
  return { calls, desktop: createDesktop(run, 'linux', browser) };
}

test('an address goes to the browser of the person, else to that of the system', async () => {
  const own = desktop(0, 'my-browser');
  expect(await own.desktop.open(url)).toBeUndefined();
  expect(own.calls).toEqual([['my-browser', url]]);
  const standard = desktop(0);
  await standard.desktop.open(url);
  expect(standard.calls).toEqual([['xdg-open', url]]);
});

test('what fails is told with the address', async () => {
  const refused = await desktop(1).desktop.open(url);
  expect(isRefusal(refused) && refused.reason).toContain('no display');
  expect(isRefusal(refused) && refused.hint).toContain(url);
});

test('only web addresses are opened', async () => {
  const { calls, desktop: own } = desktop(0);
  expect(isRefusal(await own.open('file:///etc/passwd'))).toBe(true);
  expect(isRefusal(await own.open('--help'))).toBe(true);
  expect(calls).toEqual([]);
});
