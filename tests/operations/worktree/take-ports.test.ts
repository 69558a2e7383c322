import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { launchTask } from '#operations/task/launch.ts';
import { takePorts } from '#operations/worktree/take-ports.ts';
import { granted, launchedTask, type Workshop, workshop } from '../../support/workshop.ts';

function settle({ app }: Workshop, worktree: string): void {
  writeFileSync(app.paths.config, `[worktree]\n${worktree}\n`);
}

const portOf = ({ app }: Workshop, id: number): number | null | undefined =>
  app.store.sessions.openOf(id)?.port;

test('each open session has a block of its own, parked or not, and a closed one gives it back', async () => {
  const shop = workshop();
  settle(shop, 'ports = 5');
  const first = await launchedTask(shop);
  const second = await launchedTask(shop);
  expect([portOf(shop, first.id), portOf(shop, second.id)]).toEqual([21_000, 21_005]);
  const { sessions } = shop.app.store;
  shop.app.store.write(() => {
    sessions.update(first.session.id, { parkedAt: 5 }, null);
    const event = { kind: 'x', source: 'claustre', at: '' } as const;
    sessions.move(second.session, { state: 'closed', movedAt: second.session.movedAt + 1 }, event);
  });
  const third = await launchedTask(shop);
  expect(portOf(shop, third.id)).toBe(21_005);
});

test('a block on which something listens is passed over', async () => {
  const shop = workshop();
  settle(shop, 'first_port = 30000');
  shop.app.host = { ...shop.app.host, arePortsFree: async (first) => first !== 30_000 };
  expect(portOf(shop, (await launchedTask(shop)).id)).toBe(30_010);
});

test('it is kept when Claude starts again, although its own server listens on it', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.app.store.write(() =>
    shop.app.store.sessions.update(session.id, { promptedAt: 1, transcriptPath: '/t' }, null),
  );
  shop.app.host = { ...shop.app.host, arePortsFree: async () => false };
  shop.tmux.kill(session.id);
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(portOf(shop, id)).toBe(21_000);
});

test('one that another session has by now, or of another size, is changed for a new one', async () => {
  const shop = workshop();
  const first = await launchedTask(shop);
  const { session } = await launchedTask(shop);
  const { store } = shop.app;
  store.write(() => store.sessions.update(session.id, { port: 21_003, portCount: 10 }, null));
  expect(await takePorts(shop.app, session, shop.project)).toEqual({ port: 21_010, portCount: 10 });
  settle(shop, 'ports = 20');
  expect(await takePorts(shop.app, session, shop.project)).toEqual({ port: 21_020, portCount: 20 });
  expect(portOf(shop, first.id)).toBe(21_000);
});

test('without any to be had, or wanted, a session works without', async () => {
  const shop = workshop();
  shop.app.host = { ...shop.app.host, arePortsFree: async () => false };
  expect(portOf(shop, (await launchedTask(shop)).id)).toBeNull();
  settle(shop, 'ports = 0');
  shop.app.host = { ...shop.app.host, arePortsFree: () => Promise.reject(new Error('asked')) };
  expect(portOf(shop, (await launchedTask(shop)).id)).toBeNull();
});
