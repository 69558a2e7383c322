import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Session } from '#domain/session.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import { inbox } from '#operations/task/inbox.ts';
import { deliveriesDuty } from '#supervisor/deliveries.ts';
import { patientLanes } from '../../support/patient-lanes.ts';
import { stackShop } from '../../support/stack-shop.ts';
import { granted } from '../../support/workshop.ts';

/** A task in review whose pull request somebody else merges; the supervisor's duty that ends sessions runs beside it. */
async function merged(before: (session: Session) => void = () => undefined) {
  const world = stackShop();
  const { app, shop } = world;
  const { id, session, pullRequest } = await world.add('page');
  before(session);
  shop.app.clock.advance(1000);
  const { number, host } = pullRequest;
  world.github.set(number, { state: 'merged', base: 'main', mergeCommit: 'm' });
  await refreshPullRequests.run(app, { host });
  const duty = deliveriesDuty(app, patientLanes());
  return {
    ...world,
    id,
    session,
    duty,
    status: () => shop.task(id).status,
    asked: async () => granted(await inbox.run(app, {})).map(({ text }) => text),
    file: (name: string) => writeFileSync(join(session.worktree, name), 'more\n'),
    turnEnds: () => {
      shop.app.clock.advance(1000);
      const turnEndedAt = app.clock.now();
      app.store.write(() => app.store.sessions.update(session.id, { turnEndedAt }, null));
    },
  };
}

test('a task whose merge holds all that it has is done, and its session ends', async () => {
  const { id, duty, status, app, session } = await merged();
  await duty.run();
  expect([status(), app.store.sessions.openOf(id)]).toEqual(['done', null]);
  expect(existsSync(session.worktree)).toBe(false);
});

test('a Claude at work goes on until the end of its turn', async () => {
  const { id, duty, status, rest, app } = await merged();
  rest(id, 'working');
  await duty.run();
  expect([status(), app.store.sessions.openOf(id)?.state]).toEqual(['in_review', 'open']);
  rest(id);
  await duty.run();
  expect([status(), app.store.sessions.openOf(id)]).toEqual(['done', null]);
});

test('a round of its review loop is waited for, too', async () => {
  const { id, duty, status, review } = await merged();
  const end = review(id);
  await duty.run();
  expect(status()).toBe('in_review');
  end();
  await duty.run();
  expect(status()).toBe('done');
});

test('files that were not committed are kept, and a person is asked', async () => {
  const world = await merged();
  const { id, duty, status, app, session, asked } = world;
  world.file('page.txt');
  world.file('other.txt');
  await duty.run();
  const left = 'the merge does not hold 1 changed file, 1 untracked file of its worktree';
  expect([status(), app.store.sessions.openOf(id)]).toMatchObject(['in_review', { leftOut: left }]);
  expect(existsSync(session.worktree)).toBe(true);
  expect(await asked()).toEqual([
    `"page" was merged, but ${left}; claustre send ${id} asks Claude for a new pull request, claustre done ${id} finishes it.`,
  ]);
});

test('commits that were not pushed are kept, and so are those that were pushed after the merge', async () => {
  const world = await merged();
  const { duty, status, app, session, shop } = world;
  shop.repo.commit({ 'more.txt': 'more' }, session.worktree);
  shop.repo.in(session.worktree)('push', '--quiet', 'origin', 'HEAD');
  shop.repo.commit({ 'most.txt': 'most' }, session.worktree);
  await duty.run();
  expect(status()).toBe('in_review');
  expect(app.store.sessions.find(session.id)?.leftOut).toBe(
    'the merge does not hold 2 commits of its worktree',
  );
});

test('what a later turn takes away is asked for no more', async () => {
  const world = await merged();
  const { duty, status, session, shop } = world;
  world.file('page.txt');
  await duty.run();
  shop.repo.in(session.worktree)('checkout', '--quiet', '--', '.');
  await duty.run();
  expect(status()).toBe('in_review');
  world.turnEnds();
  await duty.run();
  expect(status()).toBe('done');
});

test('a worktree that cannot be read is not taken for an empty one', async () => {
  const world = await merged();
  const { duty, status, app, session } = world;
  const { git } = app;
  const inspectWorktree = async () =>
    ({ refused: true, reason: 'EIO', code: 'environment' }) as const;
  app.git = { ...git, inspectWorktree };
  await duty.run();
  expect([status(), app.store.sessions.find(session.id)?.leftOut]).toEqual([
    'in_review',
    'its worktree cannot be read',
  ]);
});

test('what was left out of one merge is not said of the next', async () => {
  const world = await merged();
  const { id, duty, app, session, pullRequest } = world;
  world.file('other.txt');
  await duty.run();
  expect(app.store.sessions.find(session.id)?.leftOut).not.toBeNull();
  const { id: _id, ...first } = pullRequest(id);
  const next = { ...first, number: 200, nodeId: 'PR_200', state: 'open' } as const;
  const event = { kind: 'pull_request.add', source: 'hook', at: app.clock.iso() } as const;
  app.store.write(() => app.store.pullRequests.add(next, event));
  await duty.run();
  expect(app.store.sessions.find(session.id)?.leftOut).toBeNull();
});
