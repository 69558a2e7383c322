import { expect, test } from 'vitest';
import { pauseQueue } from '#operations/queue/pause.ts';
import { queueShop } from '../../support/queue-shop.ts';
import { granted, refused } from '../../support/workshop.ts';

test('a paused project starts nothing, and says so again when it is paused again', async () => {
  const { add, feed, app } = await queueShop();
  const id = add();
  const first = granted(await pauseQueue.run(app, { project: 'app' }));
  expect(first.says).toContain('The queue of app is paused');
  expect(first.says).toContain('claustre resume app');
  expect((await feed()).waits).toEqual({ [id]: 'the queue of app is paused' });
  expect(granted(await pauseQueue.run(app, { project: 'app' })).says).toContain('paused already');
});

test('everything is paused with a reason, which the tasks tell', async () => {
  const { add, feed, app } = await queueShop();
  const id = add();
  granted(await pauseQueue.run(app, { reason: 'release day' }));
  expect((await feed()).waits).toEqual({ [id]: 'everything is paused: release day' });
  const { pausedAt } = app.store.queue.read();
  app.clock.advance(5_000);
  granted(await pauseQueue.run(app, { reason: 'another' }));
  // Since when it is paused, and why, is what the first one said.
  expect(app.store.queue.read()).toEqual({ pausedAt, pauseReason: 'release day' });
});

test('a project that does not exist cannot be paused', async () => {
  const { app } = await queueShop();
  expect(refused(await pauseQueue.run(app, { project: 'ap' })).reason).toContain('no project "ap"');
});
