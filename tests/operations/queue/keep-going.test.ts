import { expect, test } from 'vitest';
import { keepQueueGoing } from '#operations/queue/keep-going.ts';
import { pauseQueue } from '#operations/queue/pause.ts';
import { queueStatus } from '#operations/queue/status.ts';
import { whyTask } from '#operations/task/why.ts';
import { type QueueShop, queueShop } from '../../support/queue-shop.ts';
import { granted } from '../../support/workshop.ts';

/** A shop in which no supervisor runs. Returns how often one was started. */
function withoutSupervisor({ app, tmux }: QueueShop): () => number {
  Object.assign(app.host, { lastBeat: () => null });
  tmux.panes = [];
  return () => tmux.started.filter(({ name }) => name === '_supervisor').length;
}

test('the supervisor is started when something is to start by itself, and only then', async () => {
  const shop = await queueShop();
  const started = withoutSupervisor(shop);
  const { app, add } = shop;
  await keepQueueGoing(app);
  add({ mode: 'supervised' });
  await keepQueueGoing(app);
  expect(started()).toBe(0);
  add();
  granted(await pauseQueue.run(app, {}));
  await keepQueueGoing(app);
  expect(started()).toBe(0);
  app.store.write(() =>
    app.store.queue.set(
      { pausedAt: null, pauseReason: null },
      { kind: 'test', source: 'person', at: app.clock.iso() },
    ),
  );
  await keepQueueGoing(app);
  expect(started()).toBe(1);
});

test('what repeats and has just ended comes again where no supervisor runs', async () => {
  const shop = await queueShop();
  withoutSupervisor(shop);
  const { app } = shop;
  const id = shop.add({ every: '1d', notBefore: '2026-01-01T09:00:00.000Z' });
  const event = { kind: 'test', source: 'person', at: app.clock.iso() } as const;
  app.store.write(() => app.store.tasks.setStatus(id, 'pending', 'done', {}, event));
  await keepQueueGoing(app);
  expect(app.store.tasks.find(id)?.nextId).toBe(id + 1);
});

test('what it cannot find out is logged and disturbs nobody', async () => {
  const shop = await queueShop({ config: '[queue]\n' });
  const told: string[] = [];
  Object.assign(shop.app.log, { error: (text: string) => told.push(text) });
  withoutSupervisor(shop);
  Object.assign(shop.app.store.queue, {
    read: () => {
      throw new Error('The disk is gone.');
    },
  });
  await keepQueueGoing(shop.app);
  expect(told).toHaveLength(1);
});

test.each([
  ['status', async ({ app }: QueueShop) => queueStatus.run(app, {})],
  ['why', async ({ app }: QueueShop) => whyTask.run(app, { task: 1 })],
])(
  '%s makes true that a task starts at once, also where only the settings were changed',
  async (_, ask) => {
    const shop = await queueShop();
    const started = withoutSupervisor(shop);
    shop.add({ held: 'killed' });
    await ask(shop);
    expect(started()).toBe(0);
    const { store, clock } = shop.app;
    const event = { kind: 'test', source: 'person', at: clock.iso() } as const;
    store.write(() => store.tasks.update(1, { held: null }, event));
    await ask(shop);
    expect(started()).toBe(1);
  },
);
