import { expect, test } from 'vitest';
import { turnQueue } from '#operations/queue/turn.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted } from '../../support/workshop.ts';

test('one key starts a queue that rests, pauses it, and lets it go on', async () => {
  const { app } = await queueShop({ runs: false });
  const states: unknown[] = [];
  for (let times = 0; times < 3; times += 1) {
    granted(await turnQueue.run(app, { project: 'app' }));
    states.push(app.store.projects.findByName('app')?.queue);
  }
  expect(states).toEqual(['runs', 'paused', 'runs']);
});

test('without a project it is the switch of everything', async () => {
  const { app } = await queueShop();
  granted(await turnQueue.run(app, {}));
  expect(app.store.queue.read().pausedAt).not.toBeNull();
  granted(await turnQueue.run(app, {}));
  expect(app.store.queue.read().pausedAt).toBeNull();
});
