import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createNotifier } from '#adapters/desktop/notifier.ts';
import { notificationsDuty } from '#supervisor/notifications.ts';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../support/fake-app.ts';
import { waitFor } from '../support/wait-for.ts';

/** An app whose notifications go to a small program; `script` is what it does with its last argument. */
function stage(script: string) {
  const errors: string[] = [];
  const app = fakeApp({
    tmux: { clients: async () => [] },
    log: { error: (sentence, cause) => void errors.push(`${sentence} ${cause}`) },
  });
  const { home } = app.paths;
  const config = '[notifications]\nsystem = false\nbell = false\ncommand = "teller"\n';
  writeFileSync(join(home, 'config.toml'), config);
  const out = join(home, 'out');
  const teller = (text: string): void => {
    writeFileSync(join(home, 'teller'), `#!/bin/sh\n${text}\n`);
    chmodSync(join(home, 'teller'), 0o755);
  };
  teller(script);
  const env = { PATH: `${home}:${process.env.PATH ?? ''}`, OUT: out };
  app.desktop = {
    ...app.desktop,
    ...createNotifier(runCommand, 'linux', env),
  };
  const project = addProject(app);
  const ask = (detail: string): void => {
    const task = addTask(app, project, { status: 'working' });
    const activity = {
      name: 'permission',
      detail,
      source: 'hook',
      since: app.clock.now(),
    } as const;
    addSession(app, task, { activity });
  };
  const lines = () => (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []);
  return { app, errors, teller, ask, lines };
}

const PRINT = 'printf "%s\\n" "$1" >> "$OUT"';

/** The duty of a supervisor that was just started. */
const started = (app: FakeApp) => notificationsDuty(app);

test('each is told once, also after a restart of the supervisor', async () => {
  const { app, ask, lines } = stage(PRINT);
  ask('Bash: a');
  ask('Bash: b');
  const duty = started(app);
  await duty.run();
  await duty.run();
  await waitFor('both', () => lines().length === 2);
  await started(app).run();
  ask('Bash: c');
  await started(app).run();
  await waitFor('the third', () => lines().length === 3);
  expect(lines().map((line) => line.replace(/^.*: /, ''))).toEqual(['a', 'b', 'c']);
});

test('a program that never ends delays neither the duty nor what is committed', async () => {
  const { app, ask } = stage('exec sleep 60');
  const duty = started(app);
  ask('Bash: a');
  const before = performance.now();
  expect(await duty.run()).toBeGreaterThan(1_000);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('a way that fails is logged once, and once more after it worked in between', async () => {
  const { app, errors, teller, ask, lines } = stage('echo broken >&2; exit 1');
  const duty = started(app);
  ask('1');
  ask('2');
  await duty.run();
  await waitFor('the first', () => errors.length > 0);
  ask('3');
  await duty.run();
  teller(PRINT);
  ask('4');
  await duty.run();
  await waitFor('the last', () => lines().some((line) => line.endsWith('4')));
  expect(errors).toHaveLength(1);
  teller('echo broken again >&2; exit 1');
  ask('5');
  await duty.run();
  await waitFor('the next error', () => errors.length === 2);
  expect(errors[0]).toContain('"command"');
  expect(errors[0]).toContain('broken');
});
