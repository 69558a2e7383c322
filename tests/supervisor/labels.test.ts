import { expect, test } from 'vitest';
import type { TmuxClient } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { createLabels } from '#supervisor/labels.ts';
import { addProject, addSession, addTask, fakeApp, notExpected } from '../support/fake-app.ts';

/** An app with one session, and a client that notes what it is told. */
function stage() {
  const app = fakeApp();
  const task = addTask(app, addProject(app), { status: 'working', title: 'Fix it' });
  const { id } = addSession(app, task);
  const said: unknown[] = [];
  let gone = false;
  const client = notExpected<TmuxClient>('client', {
    setLabel: async (_session, { text, asks }) => {
      if (gone) throw new ClaustreError('not_found', 'It is gone.');
      said.push([text, asks]);
    },
    setNeeds: async (count) => void said.push(count),
  });
  const labels = createLabels(app);
  return {
    app,
    labels,
    does(name: 'working' | 'permission'): void {
      const activity = { name, detail: 'x', source: 'hook', since: app.clock.now() } as const;
      app.store.write(() => app.store.sessions.update(id, { activity }, null));
    },
    move(): void {
      const was = app.store.sessions.find(id);
      if (was === null) throw new Error('It is gone.');
      const event = { kind: 'x', source: 'person', at: app.clock.iso() } as const;
      const to = { state: 'open', movedAt: was.movedAt + 1 } as const;
      app.store.write(() => app.store.sessions.move(was, to, event));
    },
    loseIt(lost: boolean): void {
      gone = lost;
    },
    async told() {
      await labels.tell(client, app.store.sessions.open());
      return said.splice(0);
    },
  };
}

test('a tab says number, title and what Claude does, and the count how many are needed; each once', async () => {
  const { does, told } = stage();
  expect(await told()).toEqual([['● #1 Fix it', false], 0]);
  expect(await told()).toEqual([]);
  does('permission');
  expect(await told()).toEqual([['! #1 Fix it', true], 1]);
  does('permission');
  expect(await told()).toEqual([]);
  does('working');
  expect(await told()).toEqual([['● #1 Fix it', false], 0]);
});

test('all is said again to a new server, and to a session that was started again', async () => {
  const { labels, move, told } = stage();
  await told();
  labels.forget();
  expect(await told()).toEqual([['● #1 Fix it', false], 0]);
  move();
  expect(await told()).toEqual([['● #1 Fix it', false]]);
});

test('a session that has just ended is no error', async () => {
  const { does, loseIt, told } = stage();
  loseIt(true);
  expect(await told()).toEqual([0]);
  loseIt(false);
  does('permission');
  expect(await told()).toEqual([['! #1 Fix it', true], 1]);
});
