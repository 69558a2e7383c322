import { expect, test } from 'vitest';
import { createOpenSessions } from '#supervisor/open-sessions.ts';
import { stacksDuty } from '#supervisor/stacks.ts';
import { addProject, addTask } from '../support/fake-app.ts';
import { patientLanes } from '../support/patient-lanes.ts';
import { type InStack, stackShop } from '../support/stack-shop.ts';
import { tempRepo } from '../support/temp-repo.ts';
import { waitFor } from '../support/wait-for.ts';

const SECOND = 1_000;

function clockwork() {
  const world = stackShop();
  const duty = stacksDuty(world.app, createOpenSessions(world.app), patientLanes());
  const held = (id: number) =>
    world.app.store.events
      .ofTask(id, 100)
      .filter(({ kind }) => kind === 'session.rebase_held')
      .map(({ data }) => data.reason);
  /** As the next poll of GitHub would find the head that was pushed. */
  const polled = ({ pullRequest, session }: InStack, more = {}) => {
    const headCommit = world.remote(session.branch);
    const { store } = world.app;
    store.write(() => store.pullRequests.update(pullRequest.id, { headCommit, ...more }, null));
  };
  return { ...world, duty, held, polled };
}

test('a stack of three comes down by squashes, one after the other, with nothing but the clock', async () => {
  const world = clockwork();
  const one = await world.add('one');
  const two = await world.add('two', one.id);
  const three = await world.add('three', two.id);
  await world.duty.run();
  expect(world.changes).toEqual([]);

  const first = world.squash(one.id);
  await world.duty.run();
  expect(world.session(two.id)).toMatchObject({ stackedOn: null, base: 'main', baseCommit: first });
  expect(world.pullRequest(two.id).base).toBe('main');
  world.polled(two);
  await world.duty.run();
  expect(world.session(three.id).baseCommit).toBe(world.remote(two.session.branch));

  world.polled(three);
  const second = world.squash(two.id);
  await world.duty.run();
  expect(world.files(three.id, second)).toEqual(['three.txt']);
  world.polled(three);
  const last = world.squash(three.id);
  const { git } = world.shop.repo;
  git('fetch', '--quiet', 'origin');
  const files = git('ls-tree', '--name-only', last).split('\n');
  expect(files).toEqual(['README.md', 'one.txt', 'three.txt', 'two.txt']);
  expect(git('show', `${last}:three.txt`)).toBe('one\ntwo');
});

test('a child at work gets its base at once, and its branch when its Claude is idle', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  world.rest(child.id, 'working');
  world.squash(parent.id);
  await world.duty.run();
  expect(world.pullRequest(child.id).base).toBe('main');
  expect(world.session(child.id).stackedOn).toBe(parent.id);
  await world.duty.run();
  expect(world.changes).toHaveLength(1);
  world.rest(child.id);
  await world.duty.run();
  expect(world.session(child.id).stackedOn).toBeNull();
});

test('a child stays where it is while a round of its review loop works in its worktree', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  const before = world.remote(child.session.branch);
  const end = world.review(child.id);
  world.squash(parent.id);
  await world.duty.run();
  expect(world.session(child.id).stackedOn).toBe(parent.id);
  expect(world.remote(child.session.branch)).toBe(before);
  end();
  await world.duty.run();
  expect(world.session(child.id)).toMatchObject({ stackedOn: null, base: 'main' });
});

test('a child waits with new commits of its parent until that is in review again', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  const { store } = world.app;
  const event = { kind: 'x', source: 'person' as const, at: world.app.clock.iso() };
  store.write(() => store.tasks.setStatus(parent.id, 'in_review', 'working', {}, event));
  const newer = world.push(parent.id, 'parent.txt', 'three\n');
  await world.duty.run();
  expect(world.session(child.id).baseCommit).toBe(child.session.baseCommit);
  store.write(() => store.tasks.setStatus(parent.id, 'working', 'in_review', {}, event));
  await world.duty.run();
  expect(world.session(child.id).baseCommit).toBe(newer);
});

test('a pull request that Claude opened against another base is given the right one, once', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  const { store } = world.app;
  const elsewhere = () => {
    world.github.set(child.pullRequest.number, { state: 'open', base: 'main', mergeCommit: null });
    store.write(() => store.pullRequests.update(child.pullRequest.id, { base: 'main' }, null));
  };
  elsewhere();
  await world.duty.run();
  expect(world.pullRequest(child.id).base).toBe(parent.session.branch);
  // A person who changes it back means that; a supervisor that has just started knows it, too.
  elsewhere();
  await stacksDuty(world.app, createOpenSessions(world.app), patientLanes()).run();
  expect(world.pullRequest(child.id).base).toBe('main');
});

test('what keeps a branch where it is is said once, and tried again later or when something changed', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  world.shop.repo.pushElsewhere('main', { 'child.txt': 'other\n' });
  world.squash(parent.id);
  const rest = await world.duty.run();
  expect(rest).toBe(10 * SECOND);
  await world.duty.run();
  expect(world.held(child.id)).toEqual([
    expect.stringContaining('conflicts with main in child.txt'),
  ]);
  // Claude has resolved it: its new commit is reason enough to look again.
  const { worktree } = child.session;
  const git = world.shop.repo.in(worktree);
  git('fetch', '--quiet', 'origin');
  const { baseCommit } = child.session;
  git('rebase', '--quiet', '--onto', 'origin/main', `${baseCommit}`, '-X', 'theirs');
  git('push', '--quiet', '--force', 'origin', 'HEAD');
  world.polled(child);
  await world.duty.run();
  expect(world.session(child.id)).toMatchObject({ stackedOn: null, base: 'main' });
});

test('a parent that ended without a merge is told, and nothing moves', async () => {
  const world = clockwork();
  const parent = await world.add('parent');
  const child = await world.add('child', parent.id);
  const { store } = world.app;
  const before = world.remote(child.session.branch);
  store.write(() => store.pullRequests.update(parent.pullRequest.id, { state: 'closed' }, null));
  await world.duty.run();
  await world.duty.run();
  expect(world.held(child.id)).toEqual([
    `#${parent.id}, which it is stacked on, has a pull request that was closed.`,
  ]);
  expect(world.remote(child.session.branch)).toBe(before);
});

test('of those that are behind their base one is brought up at a time, and only where that is wanted', async () => {
  const world = clockwork();
  const one = await world.add('one');
  const two = await world.add('two');
  const three = await world.add('three');
  const { store, clock } = world.app;
  const event = { kind: 'x', source: 'person' as const, at: clock.iso() };
  store.write(() => {
    for (const { id, pullRequest } of [one, two, three]) {
      store.tasks.update(id, { fix: id === three.id ? 'ask' : 'automatic' }, event);
      store.pullRequests.update(pullRequest.id, { mergeState: 'behind' }, null);
    }
  });
  const main = world.shop.repo.pushElsewhere('main', { 'main.txt': 'x\n' });
  const look = async () => {
    world.shop.app.clock.advance(5 * SECOND);
    await world.duty.run();
  };
  const stands = () => [one, two, three].map(({ id }) => world.session(id).baseCommit === main);
  await look();
  expect(stands()).toEqual([true, false, false]);
  // Its checks run.
  world.polled(one, { mergeState: 'blocked', checks: 'pending' });
  await look();
  expect(stands()).toEqual([true, false, false]);
  world.polled(one, { mergeState: 'clean', checks: 'passed' });
  await look();
  expect(stands()).toEqual([true, true, false]);
  world.polled(two, { mergeState: 'clean', checks: 'passed' });
  await look();
  expect(stands()).toEqual([true, true, false]);
});

test('a remote that is silent holds up no stack of another project', async () => {
  const world = clockwork();
  const { app } = world.shop;
  const parent = await world.add('parent');
  await world.add('child', parent.id);
  world.squash(parent.id);
  app.git = { ...app.git, rebase: () => new Promise(() => {}) };
  const other = addProject(app, { name: 'other', path: tempRepo().path });
  world.shop.addTask = (more = {}) => addTask(app, other, more);
  const fine = await world.add('other-parent');
  const above = await world.add('other-child', fine.id);
  const { id, number } = above.pullRequest;
  world.github.set(number, { state: 'open', base: 'main', mergeCommit: null });
  app.store.write(() => app.store.pullRequests.update(id, { base: 'main' }, null));
  void stacksDuty(app, createOpenSessions(app)).run();
  await waitFor(
    'the base of the other child',
    () => world.pullRequest(above.id).base === fine.session.branch,
  );
});
