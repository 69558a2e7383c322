import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Session } from '#domain/session.ts';
import { parkingDuty } from '#supervisor/parking.ts';
import { launchedTask, type Workshop, workshop } from '../support/workshop.ts';

const MINUTE = 60_000;

/** As many tasks as are said, whose Claudes ended a turn a minute after each other. */
async function resting(count: number, settings: string) {
  const shop = workshop();
  const { app, tmux } = shop;
  tmux.screen = '────\n❯ \n────';
  const ids: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const { id, session } = await launchedTask(shop);
    app.clock.advance(MINUTE);
    idle(shop, session);
    ids.push(id);
  }
  app.clock.advance(MINUTE);
  writeFileSync(app.paths.config, `[sessions]\n${settings}`);
  const duty = parkingDuty(app, { list: () => app.store.sessions.open() });
  const parked = () => ids.filter((id) => app.store.sessions.openOf(id)?.parkedAt !== null);
  return { shop, app, tmux, ids, duty, parked };
}

function idle({ app }: Workshop, { id }: Session): void {
  const at = app.clock.now();
  const activity = { name: 'idle', source: 'hook', since: at, detail: null } as const;
  const turn = { transcriptPath: '/t.jsonl', promptedAt: at - 1, turnEndedAt: at };
  app.store.write(() => app.store.sessions.update(id, { activity, ...turn }, null));
}

test('of more Claudes than may live those that are idle longest are parked', async () => {
  const { ids, duty, parked } = await resting(4, 'max_live = 2\nmin_free_mb = 0');
  await duty.run();
  expect(parked()).toEqual(ids.slice(0, 2));
  await duty.run();
  expect(parked()).toEqual(ids.slice(0, 2));
});

test('where one cannot be parked the next one is, and it is not asked again at once', async () => {
  const { app, tmux, ids, duty, parked } = await resting(3, 'max_live = 2\nmin_free_mb = 0');
  const [first] = ids.map((id) => app.store.sessions.openOf(id));
  const drafts: string[] = [];
  app.tmux = {
    ...app.tmux,
    readStyled: async (pane) => {
      drafts.push(pane);
      return pane === first?.pane ? '────\n❯ a draft\n────' : tmux.screen;
    },
  };
  await duty.run();
  await duty.run();
  expect(parked()).toEqual(ids.slice(1, 2));
  expect(drafts).toHaveLength(2);
});

test('memory is looked at every half minute, and one is parked at each look that finds too little', async () => {
  const { app, ids, duty, parked } = await resting(3, 'min_free_mb = 700');
  let looks = 0;
  app.host = {
    ...app.host,
    freeMemoryMb: async () => {
      looks += 1;
      return looks < 3 ? 512 : 900;
    },
  };
  expect(await duty.run()).toBeLessThanOrEqual(30_000);
  await duty.run();
  expect([looks, parked()]).toEqual([1, ids.slice(0, 1)]);
  app.clock.advance(30_000);
  await duty.run();
  app.clock.advance(30_000);
  await duty.run();
  expect([looks, parked()]).toEqual([3, ids.slice(0, 2)]);
});

test('with nothing open nothing is asked', async () => {
  const { app } = workshop();
  app.host = { ...app.host, freeMemoryMb: () => Promise.reject(new Error('asked')) };
  expect(await parkingDuty(app, { list: () => [] }).run()).toBe(30_000);
});

test('a parking that was cut off is finished', async () => {
  const { app, ids, duty } = await resting(1, 'min_free_mb = 0');
  const session = () => app.store.sessions.openOf(ids[0] ?? 0);
  const id = session()?.id ?? '';
  app.store.write(() => app.store.sessions.update(id, { parkedAt: app.clock.now() }, null));
  await duty.run();
  expect(session()?.activity.name).toBe('idle');
  app.clock.advance(16_000);
  await duty.run();
  expect(session()?.activity.name).toBe('ended');
});
