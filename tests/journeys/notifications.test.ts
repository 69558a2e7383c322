import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Journey, journey } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const ASKS = 'Do it.\n\n```sh ask\necho done > done.txt\n```';
const CONFIG = '[notifications]\nsystem = false\ncommand = "teller"\n';

/** A program named "teller", which writes what it is told into a file; returns how to read that. */
function teller({ home, env }: Journey): () => string[] {
  const out = join(home, 'told');
  const path = join((env.PATH ?? '').split(':')[0] ?? '', 'teller');
  mkdirSync(home, { recursive: true });
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${out}'\n`);
  chmodSync(path, 0o755);
  return () => (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []);
}

/** The tabs of claustre's own tmux server, by session, as their labels say them. */
function tabs(world: Journey): string {
  return world.tmux('-u', 'list-sessions', '-F', '#{@label} #{@asks}');
}

test('a question is told once without any dashboard, also when the supervisor is killed, and the tabs say who asks', async () => {
  const world = await journey({ remote: false, config: CONFIG });
  const told = teller(world);
  await world.json('add-task', 'app', 'Ask me', '-d', ASKS, '--launch');
  await waitFor('the notification', () => told().length > 0);
  expect(told()[0]).toMatch(/^app: #1 asks permission: /);
  await waitFor('the tab', () => tabs(world).includes('! ##1 Ask me 1'));
  await waitFor('the count', () => world.tmux('show-options', '-gv', '@needs') === '1\n');

  const pid = world.supervisor() ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitFor('another supervisor', () => ![null, pid].includes(world.supervisor()));
  await world.keys(1, 'Enter');
  await waitFor('the tab of the end', () => tabs(world).includes('○ ##1 Ask me '));
  await waitFor('the count to go', () => world.tmux('show-options', '-gv', '@needs') === '0\n');
  expect(told()).toHaveLength(1);
});

test('a test of the notifications tells how each way went', async () => {
  const world = await journey({ remote: false, config: CONFIG, unregistered: true });
  const told = teller(world);
  const called = await world.claustre('notify', '--test');
  expect(called).toMatchObject({ exitCode: 0, stderr: '' });
  expect(called.stdout).toContain('command: teller ran.');
  expect(told()).toEqual(['claustre: This is a test of the notifications.']);
});
