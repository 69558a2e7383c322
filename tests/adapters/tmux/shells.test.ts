import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NewShell } from '#adapters/tmux/tmux.ts';
import { orThrow } from '#domain/error.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

const SHELL = ['sh', '-c', 'echo shell; exec sleep 60'] as const;

/** A session s1 whose pane plays Claude, and a way to open shells beside a pane. */
async function stage() {
  const own = ownTmux();
  const claude = await own.start('s1', ['sleep', '60'], { columns: 100, rows: 30 });
  const open = async (more: Partial<NewShell> = {}) => {
    const request = { of: claude.pane, side: 'right', percent: 30, focus: false } as const;
    return own.tmux.openShell({ ...request, cwd: own.dir, argv: SHELL, ...more });
  };
  return { own, claude, open };
}

test('a shell beside Claude gets its share of the room, is marked, and leaves the focus where it is', async () => {
  const { own, claude, open } = await stage();
  const shell = orThrow(await open());
  expect(shell).toMatchObject({ session: 's1', beside: true, width: 30 });
  const panes = await own.tmux.panes();
  expect(panes.map(({ pane, beside }) => [pane, beside ?? false])).toEqual([
    [claude.pane, false],
    [shell.pane, true],
  ]);
  expect(await own.tmux.focusedPane('s1')).toBe(claude.pane);
  const below = orThrow(await open({ of: shell.pane, side: 'down', percent: 50 }));
  expect(await own.tmux.focusedPane('s1')).toBe(claude.pane);
  await own.tmux.closePane(below.pane);
  const above = orThrow(await open({ of: shell.pane, side: 'up', percent: 40, focus: true }));
  expect(above).toMatchObject({ width: 30, height: 12 });
  expect(await own.tmux.focusedPane('s1')).toBe(above.pane);
});

test('the review loop is told from a shell, has its variables, and leaves the focus where it is', async () => {
  const { own, claude, open } = await stage();
  const argv = ['sh', '-c', 'echo "home: $HOUSE"; exec sleep 60'] as const;
  const loop = orThrow(await open({ review: true, side: 'down', env: { HOUSE: 'a b' }, argv }));
  expect(loop).toMatchObject({ beside: true, review: true });
  expect(orThrow(await open())).not.toHaveProperty('review');
  expect(await own.tmux.focusedPane('s1')).toBe(claude.pane);
  await waitFor('its words', async () =>
    orThrow(await own.tmux.readText(loop.pane, 5)).includes('home: a b'),
  );
});

test('what is shown alone stays alone when a pane comes without the focus', async () => {
  const { own, claude, open } = await stage();
  orThrow(await open());
  await own.tmux.turn('s1', 'zoom');
  const width = async (pane: string) =>
    (await own.tmux.panes()).find((each) => each.pane === pane)?.width;
  expect(await width(claude.pane)).toBe(100);
  orThrow(await open({ side: 'down' }));
  expect(await width(claude.pane)).toBe(100);
  expect(await own.tmux.focusedPane('s1')).toBe(claude.pane);
  await own.tmux.turn('s1', 'zoom');
  expect(await width(claude.pane)).toBe(69);
  orThrow(await open({ side: 'down' }));
  expect(await width(claude.pane)).toBe(69);
});

test('a shell that ends leaves nothing behind, while what Claude said last is kept', async () => {
  const { own, claude, open } = await stage();
  orThrow(await open({ argv: ['sh', '-c', 'exit 3'] }));
  await waitFor('the shell to go', async () => (await own.tmux.panes()).length === 1);
  const shell = orThrow(await open());
  process.kill(claude.pid);
  await waitFor('the end of Claude', async () => (await own.tmux.panes())[0]?.dead);
  expect((await own.tmux.panes()).map(({ pane }) => pane)).toEqual([claude.pane, shell.pane]);
});

test('Claude starts again in its own pane, and in a new one where only shells are left', async () => {
  const { own, claude, open } = await stage();
  const shell = orThrow(await open({ side: 'left' }));
  const request = { name: 's1', cwd: own.dir, env: {}, argv: ['sleep', '61'] } as const;
  const again = orThrow(await own.tmux.respawn(request));
  expect(again.pane).toBe(claude.pane);
  await own.tmux.closePane(claude.pane);
  await own.tmux.closePane(claude.pane);
  const anew = orThrow(await own.tmux.respawn(request));
  expect(anew).not.toHaveProperty('beside');
  const panes = await own.tmux.panes();
  expect(panes.find(({ pane }) => pane === shell.pane)).toMatchObject({ pid: shell.pid });
  expect(panes).toHaveLength(2);
  const last = orThrow(await own.tmux.respawn(request));
  expect(last.pane).toBe(anew.pane);
});

test('the focus goes round, and one pane can be shown alone', async () => {
  const { own, claude, open } = await stage();
  // The newest session is the one that tmux would take for the current one.
  await own.start('s2', ['sleep', '60']);
  const shell = orThrow(await open());
  await own.tmux.turn('s1', 'next');
  expect(await own.tmux.focusedPane('s1')).toBe(shell.pane);
  await own.tmux.turn('s1', 'next');
  expect(await own.tmux.focusedPane('s1')).toBe(claude.pane);
  await own.tmux.turn('s1', 'previous');
  expect(await own.tmux.focusedPane('s1')).toBe(shell.pane);
  const zoomed = () => own.ask('display-message', '-p', '-t', '=s1:', '#{window_zoomed_flag}');
  await own.tmux.turn('s1', 'zoom');
  expect(zoomed()).toBe('1\n');
  await own.tmux.turn('s1', 'next');
  expect(zoomed()).toBe('1\n');
  await own.tmux.turn('s1', 'zoom');
  expect(zoomed()).toBe('0\n');
  expect(await own.tmux.focusedPane('s3')).toBeNull();
  await expect(own.tmux.turn('s3', 'next')).rejects.toMatchObject({ code: 'not_found' });
});

test('a pane that is gone, or too small, or a directory that is missing is refused', async () => {
  const { open } = await stage();
  expect(await open({ of: '%99' })).toMatchObject({ code: 'not_found' });
  expect(await open({ cwd: '/nowhere' })).toMatchObject({ code: 'not_found' });
  let small = orThrow(await open());
  for (let width = small.width; width > 4; width = small.width) {
    const next = await open({ of: small.pane, percent: 20 });
    if ('reason' in next) break;
    small = next;
  }
  const refused = await open({ of: small.pane, percent: 20 });
  expect(refused).toMatchObject({ reason: 'There is no room for another pane.' });
});

test("a session's own shell is what tmux's keys start when they split a pane", async () => {
  const own = ownTmux({ prefix: 'C-b' });
  const script = join(own.dir, "it's a shell.sh");
  writeFileSync(script, 'echo own shell; exec sleep 60\n');
  await own.start('s1', ['sleep', '60'], { shell: ['/bin/sh', script] });
  own.ask('split-window', '-t', '=s1:');
  await waitFor('the shell', () => own.ask('capture-pane', '-p', '-t', '=s1:').includes('own'));
});
