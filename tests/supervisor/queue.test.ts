import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { queueDuty } from '#supervisor/queue.ts';
import { queueShop } from '../support/queue-shop.ts';

test('starts what is ready, and sleeps when there is nothing', async () => {
  const shop = await queueShop();
  const duty = queueDuty(shop.app);
  expect(await duty.run()).toBe(60_000);
  expect(duty.isNeeded()).toBe(false);
  const [first, second] = [shop.add(), shop.add()];
  // While it starts something it looks again soon.
  expect(await duty.run()).toBe(250);
  expect(duty.isNeeded()).toBe(true);
  await duty.settled();
  expect(shop.statuses(first, second)).toEqual(['working', 'working']);
  expect(await duty.run()).toBe(60_000);
});

test('a slow start holds up only its own place', async () => {
  const shop = await queueShop();
  const { git } = shop.app;
  const { addWorktree } = git;
  let go = (): void => undefined;
  const slow = new Promise<void>((done) => {
    go = done;
  });
  Object.assign(git, {
    addWorktree: async (request: Parameters<typeof addWorktree>[0]) => {
      if (request.branch.includes('slow')) await slow;
      return addWorktree(request);
    },
  });
  const [first, second] = [shop.add({ title: 'slow' }), shop.add({ title: 'quick' })];
  const duty = queueDuty(shop.app);
  await duty.run();
  await expect
    .poll(() => shop.app.store.sessions.openOf(second)?.state, { timeout: 5_000 })
    .toBe('open');
  expect(shop.sessionOf(first).state).toBe('opening');
  // The slow one is begun once, however often it is looked at meanwhile.
  await duty.run();
  go();
  await duty.settled();
  expect(shop.sessionOf(first).state).toBe('open');
  expect(shop.app.store.sessions.countOf(shop.project.id)).toBe(2);
});

test('what the machine refuses is left alone for a while, and does not keep the duty busy', async () => {
  const shop = await queueShop();
  const id = shop.add();
  let asked = 0;
  const { createSession } = shop.app.tmux;
  Object.assign(shop.app.tmux, {
    createSession: async () => {
      asked += 1;
      return refuse('No tmux.', undefined, 'environment');
    },
  });
  const duty = queueDuty(shop.app);
  await duty.run();
  await duty.settled();
  await duty.run();
  await duty.settled();
  expect(asked).toBe(1);
  expect(duty.isNeeded()).toBe(true);
  Object.assign(shop.app.tmux, { createSession });
  shop.app.clock.advance(60_000);
  await duty.run();
  await duty.settled();
  expect(shop.statuses(id)).toEqual(['working']);
});
