import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDesktop } from '#adapters/desktop/desktop.ts';
import { isRefusal } from '#domain/error.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

const url = 'https://github.com/acme/app/pull/1';

function desktop(exitCode: number, browser?: string) {
  const calls: string[][] = [];
  const run = async (program: string, args: readonly string[]) => {
    calls.push([program, ...args]);
    return { exitCode, stdout: '', stderr: 'no display' };
  };
  return {
    calls,
    desktop: createDesktop(run, 'linux', browser === undefined ? {} : { BROWSER: browser }),
  };
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

describe("a program of the person's", () => {
  const env = { PATH: process.env.PATH ?? '', WORD: 'from the caller' };
  const own = () => createDesktop(() => Promise.reject(new Error('no')), 'linux', env);

  test('with a window is started in the worktree with the environment of the caller, and not waited for', async () => {
    const cwd = tempDir();
    const script = 'printf "%s" "$WORD $1" > said.tmp; mv said.tmp said; exec sleep 0';
    const argv = ['sh', '-c', script, 'sh', 'two words'];
    expect(await own().run({ argv, cwd, window: true })).toBeUndefined();
    const said = join(cwd, 'said');
    await waitFor('its file', () => existsSync(said));
    expect(readFileSync(said, 'utf8')).toBe('from the caller two words');
  });

  test('that is not there, or has no worktree or terminal, is refused with a way out', async () => {
    const cwd = tempDir();
    const missing = await own().run({ argv: ['no-such-editor'], cwd, window: true });
    expect(missing).toMatchObject({
      code: 'environment',
      hint: expect.stringContaining('[tools]'),
    });
    const gone = await own().run({ argv: ['sh'], cwd: join(cwd, 'gone'), window: true });
    expect(gone).toMatchObject({ code: 'not_found' });
    const bare = await own().run({ argv: ['sh'], cwd, window: false });
    expect(bare).toMatchObject({ reason: expect.stringContaining('needs a terminal') });
  });
});
