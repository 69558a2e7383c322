import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createNotifier } from '#adapters/desktop/notifier.ts';
import type { AttachedClient } from '#adapters/tmux/tmux.ts';
import { notify } from '#operations/notification/notify.ts';
import { sendMessage } from '#operations/notification/send.ts';
import { fakeApp } from '../../support/fake-app.ts';
import { granted, refused } from '../../support/workshop.ts';

/** An app whose notifiers are small real programs in a folder of their own. */
function stage(config: string, clients: AttachedClient[] = []) {
  const rung: string[] = [];
  const app = fakeApp({
    tmux: {
      clients: async () => clients,
      ring: async ({ tty }) => {
        if (tty === 'broken') throw new Error('the terminal is gone');
        rung.push(tty);
      },
    },
  });
  const dir = app.paths.home;
  writeFileSync(join(dir, 'config.toml'), config);
  const program = (name: string, script: string): string => {
    const path = join(dir, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const path = `${dir}:${process.env.PATH ?? ''}`;
  app.desktop = {
    ...app.desktop,
    ...createNotifier(runCommand, 'linux', { PATH: path, OUT: join(dir, 'out') }),
  };
  const out = (): string => {
    const file = join(dir, 'out');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  return { app, rung, program, out };
}

const PRINT = 'printf "<%s>" "$@" >> "$OUT"';

test('a test goes every way that is switched on and says how each went', async () => {
  const clients = ['/dev/pts/1', '/dev/pts/2'].map((tty) => ({ session: 's', tty, focused: true }));
  const { app, rung, program, out } = stage(
    '[notifications]\nenabled = false\ncommand = ["teller", "-x"]\ntemplate = "{project}|{text}"\n',
    clients,
  );
  program('teller', PRINT);
  program('notify-send', 'exit 0');
  const said = granted(await notify.run(app, { test: true }));
  expect(notify.describe?.(said)).toBe(
    'system: the desktop shows it.\nbell: 2 terminals rang.\ncommand: teller ran.',
  );
  expect(notify.failed?.(said)).toBeNull();
  expect(out()).toBe('<-x><claustre|This is a test of the notifications.>');
  expect(rung).toEqual(['/dev/pts/1', '/dev/pts/2']);
});

test('a way that fails is said with its remedy, keeps no other from working, and is an exit code', async () => {
  const { app, program, out } = stage('[notifications]\ncommand = "teller"\n', [
    { session: 's', tty: 'broken', focused: true },
  ]);
  program('teller', PRINT);
  program('notify-send', 'echo "no bus" >&2; exit 1');
  const said = granted(await notify.run(app, { text: 'Hello', test: false }));
  const lines = (notify.describe?.(said) ?? '').split('\n');
  expect(lines[0]).toMatch(/^system: .*no bus.*system = false/);
  expect(lines[1]).toBe('bell: the terminal is gone');
  expect(lines[2]).toBe('command: teller ran.');
  expect(out()).toBe('<claustre: Hello>');
  expect(notify.failed?.(said)).toBe('environment');
});

test('no shell reads what is told', async () => {
  const { app, program, out } = stage(
    '[notifications]\nsystem = false\nbell = false\ncommand = "teller {text} {kind}"\n',
  );
  program('teller', PRINT);
  const text = `$(touch x) "; rm -rf ~ 'q' {project}`;
  await sendMessage(app, { task: '#1', project: 'app', kind: 'plan', text });
  expect(out()).toBe(`<${text}><plan>`);
});

test('with nothing to say, or every way off, it refuses', async () => {
  const off = stage('[notifications]\nsystem = false\nbell = false\n');
  expect(refused(await notify.run(off.app, { test: true })).hint).toContain('config.toml');
  expect(refused(await notify.run(off.app, { test: false })).code).toBe('invalid');
  const bell = stage('[notifications]\nsystem = false\n');
  const said = granted(await notify.run(bell.app, { test: true }));
  expect(notify.describe?.(said)).toContain('no terminal shows a session');
});
