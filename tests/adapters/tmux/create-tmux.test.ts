import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPty } from '#adapters/node-pty/open-pty.ts';
import { createTmux } from '#adapters/tmux/create-tmux.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('writes its configuration for its owner alone, and only when it says something else', async () => {
  const { tmux, configPath } = ownTmux();
  await tmux.panes();
  expect(statSync(configPath).mode & 0o777).toBe(0o600);
  utimesSync(configPath, 1, 1);
  const again = ownTmux();
  writeFileSync(join(again.dir, 'note'), '');
  const same = createTmux({
    socket: 'test',
    configPath,
    home: again.dir,
    env: again.env,
    reservedKey: 'C-q',
    openPty,
  });
  await same.panes();
  expect(statSync(configPath).mtimeMs).toBe(1000);
  const other = createTmux({
    socket: 'test',
    configPath,
    home: again.dir,
    env: again.env,
    reservedKey: 'F12',
    openPty,
  });
  await other.panes();
  expect(readFileSync(configPath, 'utf8')).toContain('F12 detach-client');
});

test('a key that is none is an error before anything is written', () => {
  const options = { socket: 'x', configPath: '/nowhere/c', home: '/nowhere', env: {}, openPty };
  expect(() => createTmux({ ...options, reservedKey: 'C-q detach ; run-shell x' })).toThrow(
    'not the name of a key',
  );
  expect(() => createTmux({ ...options, socket: '../x', reservedKey: 'C-q' })).toThrow('socket');
});

test('tmux understands every line of the configuration', async () => {
  const { tmux, configPath, ask, start } = ownTmux();
  await start('s1', ['sleep', '60']);
  expect(() => ask('source-file', configPath)).not.toThrow();
  const value = (...args: string[]) => ask('show-options', '-v', ...args).trim();
  expect(value('-s', 'exit-empty')).toBe('off');
  expect(value('-g', 'prefix')).toBe('None');
  expect(value('-g', 'detach-on-destroy')).toBe('on');
  expect(value('-g', 'update-environment')).toBe('');
  expect(ask('show-options', '-s', 'terminal-features').match(/xterm\*:RGB:extkeys/g)).toHaveLength(
    1,
  );
  expect(ask('list-keys', '-T', 'root').match(/^bind-key/gm)).toHaveLength(6);
  expect(tmux.socket).toBe('test');
});

test('a server that runs with other settings gets ours with the next session', async () => {
  const own = ownTmux();
  own.ask('-f', '/dev/null', 'new-session', '-d', '-s', 'other', '--', 'sleep', '60');
  await own.start('s1', ['sleep', '60']);
  expect(own.ask('show-options', '-gv', 'remain-on-exit').trim()).toBe('on');
});

test('the version is told, and a missing or an old tmux is refused with a hint', async () => {
  expect(await ownTmux().tmux.version()).toMatch(/^\d|master|next/);
  const empty = tempDir();
  const missing = ownTmux({ env: { PATH: empty } }).tmux;
  expect(await missing.version()).toMatchObject({ code: 'environment' });
  expect(await missing.connect()).toMatchObject({ code: 'environment' });
  const bin = join(empty, 'tmux');
  writeFileSync(bin, '#!/bin/sh\necho tmux 3.1c\n');
  chmodSync(bin, 0o700);
  const old = ownTmux({ env: { PATH: `${empty}:/bin:/usr/bin` } }).tmux;
  expect(await old.version()).toMatchObject({ reason: expect.stringContaining('3.1c') });
  const request = { cwd: empty, env: {}, columns: 80, rows: 24, label: 'x' };
  expect(await old.createSession({ ...request, name: 's', argv: ['sleep', '1'] })).toMatchObject({
    reason: expect.stringContaining('3.1c'),
  });
});

test('a data directory with odd characters in its path is no trouble', async () => {
  const dir = tempDir();
  const home = join(dir, 'a [b] *?;');
  mkdirSync(home);
  const { env } = ownTmux({ env: { TMUX_TMPDIR: dir } });
  const options = { socket: 'test', configPath: join(home, 'tmux.conf'), home, env, openPty };
  const tmux = createTmux({ ...options, reservedKey: 'C-q' });
  const request = { name: 's1', cwd: dir, env: {}, columns: 80, rows: 24, label: 'x' };
  expect(await tmux.createSession({ ...request, argv: ['sleep', '60'] })).toMatchObject({
    session: 's1',
  });
});
