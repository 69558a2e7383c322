import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AttachedClient } from '#adapters/tmux/tmux.ts';
import type { Activity } from '#domain/activity.ts';
import { beginNotices } from '#operations/notification/begin.ts';
import { inboxEntries } from '#operations/notification/waiting.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

/** An app with one working session, whose activity is set by the test, and terminals as the test says. */
function stage(config = '') {
  const clients: AttachedClient[] = [];
  let asked = 0;
  const app = fakeApp({
    tmux: {
      panes: async () => [],
      clients: async () => {
        asked += 1;
        return clients;
      },
    },
  });
  writeFileSync(join(app.paths.home, 'config.toml'), config);
  const project = addProject(app);
  const task = addTask(app, project, { status: 'working', title: 'Fix it' });
  const session = addSession(app, task);
  const does = (name: Activity['name'], detail: string | null = null): void => {
    const activity = { name, detail, source: 'hook', since: app.clock.now() } as const;
    app.store.write(() => app.store.sessions.update(session.id, { activity }, null));
  };
  const told = async () => (await beginNotices(app)).map(({ text }) => text);
  const events = () =>
    app.store.events.ofTask(task.id, 50).filter(({ kind }) => kind === 'task.notify');
  return { app, project, task, session, clients, does, told, events, asked: () => asked };
}

test('each episode is told once, with its event, and again when it begins anew', async () => {
  const { app, does, told, events } = stage();
  does('permission', 'Bash: npm test');
  expect(await told()).toEqual(['#1 asks permission: Bash: npm test']);
  expect(await told()).toEqual([]);
  does('working');
  expect(await told()).toEqual([]);
  app.clock.advance(1_000);
  does('permission', 'Bash: npm test');
  expect(await told()).toEqual(['#1 asks permission: Bash: npm test']);
  expect(events().map(({ data }) => data)).toEqual([
    { about: 'permission' },
    { about: 'permission' },
  ]);
});

test('two questions after each other are two episodes, also when nobody looked in between', async () => {
  const { app, does, told } = stage();
  does('permission', 'Bash: ls');
  await told();
  app.clock.advance(1_000);
  does('permission', 'Bash: rm');
  expect(await told()).toEqual(['#1 asks permission: Bash: rm']);
});

test('a state of the task is told once, however often the task is changed meanwhile', async () => {
  const { app, task, told } = stage();
  const at = () => ({ kind: 'x', source: 'person' as const, at: app.clock.iso() });
  app.store.write(() => app.store.tasks.setStatus(task.id, 'working', 'conflict', {}, at()));
  expect(await told()).toEqual(['#1 "Fix it" conflicts with its base.']);
  app.clock.advance(5_000);
  app.store.write(() => app.store.tasks.update(task.id, { priority: 0 }, at()));
  expect(await told()).toEqual([]);
});

test('nothing is told of a session that somebody looks at, nor later when they have gone', async () => {
  const { app, session, clients, does, told, events } = stage();
  clients.push({ session: session.id, tty: '/dev/pts/1', focused: true });
  does('question', 'Which one?');
  expect(await told()).toEqual([]);
  clients.pop();
  expect(await told()).toEqual([]);
  expect(events()).toEqual([]);
  clients.push({ session: session.id, tty: '/dev/pts/1', focused: false });
  app.clock.advance(1_000);
  does('question', 'Which other one?');
  expect(await told()).toEqual(['#1 asks: Which other one?']);
});

test('what is switched off, or old, is spared and does not come later either', async () => {
  const off = stage('[notifications]\nenabled = false\n');
  off.does('permission', 'x');
  expect(await off.told()).toEqual([]);
  expect(off.asked()).toBe(0);
  writeFileSync(join(off.app.paths.home, 'config.toml'), '');
  expect(await off.told()).toEqual([]);
  const some = stage('[notifications]\nevents = ["plan"]\n');
  some.does('permission', 'x');
  expect(await some.told()).toEqual([]);
  const old = stage();
  old.does('permission', 'x');
  old.app.clock.advance(3_600_000);
  expect(await old.told()).toEqual([]);
});

test('nothing is written, and tmux is not asked, while nothing begins', async () => {
  const { app, does, told, asked } = stage();
  does('permission', 'x');
  await told();
  const before = { changes: app.store.ownChanges(), asked: asked() };
  await told();
  expect({ changes: app.store.ownChanges(), asked: asked() }).toEqual(before);
});

test('what waits is found among those that cannot, oldest first', async () => {
  const { app, project, does } = stage();
  app.clock.advance(1_000);
  for (const status of ['draft', 'pending', 'done'] as const) addTask(app, project, { status });
  addTask(app, project, { status: 'pending', held: 'setup failed', title: 'Held' });
  addTask(app, project, { status: 'pending', held: 'killed' });
  app.clock.advance(1_000);
  addTask(app, project, { status: 'error', title: 'Bad' });
  app.clock.advance(1_000);
  does('plan', 'A plan');
  const entries = inboxEntries(app);
  expect(entries.map(({ kind }) => kind)).toEqual(['setup_failed', 'error', 'plan']);
});
