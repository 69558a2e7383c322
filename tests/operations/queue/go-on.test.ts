import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { goOnByItself, goOnWait } from '#operations/queue/go-on.ts';
import { launchTask } from '#operations/task/launch.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted } from '../../support/workshop.ts';

/** A task whose Claude was left by its person, in a house with one slot and a queue that rests. */
async function left() {
  const shop = await queueShop({ config: '[queue]\nmax_sessions = 1\n', runs: false });
  const { app, add, sessionOf, task } = shop;
  const id = add();
  granted(await goOnByItself(app, id));
  const pane = shop.tmux.panes.find(({ session }) => session === sessionOf(id).id);
  Object.assign(pane ?? {}, { dead: true, exitStatus: 0 });
  const end = (detail: string) => {
    const activity = { name: 'ended', source: 'hook', since: app.clock.now(), detail } as const;
    app.store.write(() => {
      app.store.sessions.update(sessionOf(id).id, { activity, promptedAt: 1 }, null);
      const event = { kind: 'test', source: 'claustre', at: app.clock.iso() } as const;
      app.store.tasks.setStatus(id, 'working', 'interrupted', {}, event);
    });
  };
  return { ...shop, id, end, status: () => task(id).status };
}

test('what goes on by itself is no act of a person, and sets no queue going', async () => {
  const { app, id, end, status } = await left();
  const kept: string[] = [];
  Object.assign(app.host, { keepEnvironment: (path: string) => kept.push(path) });
  end('ended with exit code 1');
  granted(await goOnByItself(app, id));
  expect(status()).toBe('working');
  expect(app.store.projects.findByName('app')?.queue).toBe('rests');
  expect(kept).toEqual([]);
  const told = app.store.events.ofTask(id, 50).map(({ kind, source }) => [kind, source]);
  expect(told).toContainEqual(['task.resume', 'supervisor']);
  expect(told.filter(([, source]) => source === 'person')).toEqual([['task.add', 'person']]);
});

test('it waits for a slot, but for its own', async () => {
  const { app, id, end, status, add, task } = await left();
  end('left by /exit');
  const other = add();
  granted(await goOnByItself(app, other));
  const text = `no free slot: #${other} works (1 of 1)`;
  expect(goOnWait(app, task(id))?.text).toBe(text);
  const no = await goOnByItself(app, id);
  expect(isRefusal(no) && no.reason).toBe(`#${id} waits: ${text}.`);
  expect(status()).toBe('interrupted');
  expect(goOnWait(app, task(other))).toBeNull();
  expect(goOnWait(app, task(add({ mode: 'supervised' })))).toBeNull();
  // A person's own launch asks for none.
  granted(await launchTask.run(app, { task: [id] }));
  expect(status()).toBe('working');
});

test('what is about to be tried again keeps its place before what is new', async () => {
  const { app, id, end, status, add, feed } = await left();
  app.store.write(() => {
    const event = { kind: 'test', source: 'claustre', at: app.clock.iso() } as const;
    app.store.projects.setQueue(1, 'runs', event);
  });
  const next = add();
  end('ended with exit code 1');
  expect((await feed()).waits[next]).toBe(`no free slot: #${id} works (1 of 1)`);
  granted(await goOnByItself(app, id));
  expect(status()).toBe('working');
});
