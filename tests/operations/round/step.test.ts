import { expect, test } from 'vitest';
import { hostAfter } from '#domain/pull-request/host.ts';
import { automaticTasks } from '#operations/round/step.ts';
import { CI_FAILED, start } from '../../support/start-rounds.ts';
import { launchedTask } from '../../support/workshop.ts';

test('an automatic task is told by itself, round by round, until a bound stops it', async () => {
  const config = '[fix]\npolicy = "automatic"\nmax_rounds = 2\n';
  const it = await start(CI_FAILED, { status: 'ci_failed' }, config);
  for (const round of [1, 2]) {
    expect(await it.step()).toBeNull();
    expect(it.sent()).toHaveLength(round);
    it.commit(`try ${round}`);
    it.push();
    it.endTurn();
    await it.settle();
    it.toStatus('ci_failed');
    it.reads(CI_FAILED);
  }
  expect(await it.step()).toBeNull();
  expect(await it.step()).toBeNull();
  expect(it.sent()).toHaveLength(2);
  expect(it.events('fix.hold')).toEqual([{ reason: '2 of 2 rounds are used' }]);
});

test('nothing is said twice when nothing changed', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  await it.step();
  it.endTurn();
  await it.settle();
  it.toStatus('ci_failed');
  it.reads(CI_FAILED);
  await it.step();
  expect(it.sent()).toHaveLength(1);
  expect(it.events('fix.hold')).toEqual([{ reason: 'nothing changed since round 1' }]);
});

test('under "ask" nothing is sent', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  expect(automaticTasks(it.app)).toEqual([]);
  expect(await it.step()).toBeNull();
  expect(it.sent()).toEqual([]);
});

test('the review loop makes it automatic for checks, and leaves comments alone', async () => {
  const it = await start({}, { loop: true });
  it.says({ id: 'F1' });
  expect(automaticTasks(it.app)).toHaveLength(1);
  expect(await it.step()).toBeNull();
  expect(it.sent()).toEqual([]);
  it.reads(CI_FAILED);
  it.toStatus('ci_failed');
  await it.step();
  expect(it.sent()).toHaveLength(1);
  expect(it.sent()[0]).not.toContain('rename');
});

test('while somebody is in its session, or GitHub lags behind, it waits', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  const { clients } = it.app.tmux;
  const client = { session: it.session.id, focused: true };
  Object.assign(it.app.tmux, { clients: async () => [client] });
  expect(await it.step()).toBe('somebody is in its session');
  Object.assign(it.app.tmux, { clients });
  it.commit('two');
  it.push();
  expect(await it.step()).toContain('older commit');
  expect(it.sent()).toEqual([]);
});

test('a Claude that has ended is resumed, and told when it is there', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  const activity = {
    name: 'ended',
    source: 'hook',
    since: it.app.clock.now(),
    detail: null,
  } as const;
  it.app.store.write(() => it.app.store.sessions.update(it.session.id, { activity }, null));
  expect(await it.step()).toBe('Claude is resumed');
  expect(it.shop.tmux.started).toHaveLength(2);
  expect(it.sent()).toEqual([]);
});

test('of one that works alone it is resumed when a slot is free, and its history says that it waits', async () => {
  const config = '[queue]\nmax_sessions = 1\n';
  const alone = { status: 'ci_failed', fix: 'automatic', mode: 'autonomous' } as const;
  const it = await start(CI_FAILED, alone, config);
  const { store, clock } = it.app;
  const ends = (id: string): void => {
    const activity = { name: 'ended', source: 'hook', since: clock.now(), detail: null } as const;
    store.write(() => store.sessions.update(id, { activity }, null));
  };
  ends(it.session.id);
  const { session: other } = await launchedTask(it.shop, { mode: 'autonomous' });
  expect(await it.step()).toBeNull();
  expect(await it.step()).toBeNull();
  expect(it.shop.tmux.started).toHaveLength(2);
  expect(it.events('fix.hold')).toEqual([{ reason: 'no free slot' }]);
  const parked = { parkedAt: clock.now() };
  store.write(() => store.sessions.update(other.id, parked, null));
  expect(await it.step()).toBe('Claude is resumed');
  expect(it.shop.tmux.started).toHaveLength(3);
});

test('nothing is told while the host is in trouble, and the same is told when it is over', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  const { store, clock } = it.app;
  const note = (reason: string | null) =>
    store.write(() => {
      const trouble = reason === null ? null : { reason };
      const state = hostAfter(
        null,
        'github.com',
        { login: null, budget: null, trouble },
        clock.now(),
      );
      store.hosts.set({ ...state, nextAt: new Date(clock.now() + 5_000).toISOString() });
    });
  note('The hourly request limit of github.com is used up.');
  expect(await it.step()).toMatch(/request limit/);
  expect(it.sent()).toEqual([]);
  note(null);
  expect(await it.step()).toBeNull();
  expect(it.sent()).toHaveLength(1);
});
