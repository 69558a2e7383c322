import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { PushMode } from '#domain/task.ts';
import { deliverTurn, undelivered } from '#operations/delivery/deliver.ts';
import { findTask } from '#operations/task/find.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, type Workshop, workshop } from '../../support/workshop.ts';

async function launched(shop: Workshop, push: PushMode) {
  const task = shop.addTask({ push });
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  const session = shop.app.store.sessions.openOf(task.id);
  if (session === null) throw new Error('No session.');
  return { id: task.id, session, git: shop.repo.in(session.worktree) };
}

async function endTurn(shop: Workshop, id: number, behind = false): Promise<void> {
  const { store, clock } = shop.app;
  const session = store.sessions.openOf(id);
  clock.advance(1000);
  const changes = { turnEndedAt: clock.now(), turnBehind: behind };
  store.write(() => store.sessions.update(session?.id ?? '', changes, null));
  for (const each of undelivered(shop.app)) {
    const { task, project } = granted(findTask(store, each.taskId));
    await deliverTurn(shop.app, task, project, each);
  }
}

describe('the end of a turn in push mode local', () => {
  test('without a commit changes nothing', async () => {
    const shop = workshop();
    const { id } = await launched(shop, 'local');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    expect(undelivered(shop.app)).toEqual([]);
  });

  test('with a commit but files left lying about is not delivered', async () => {
    const shop = workshop();
    const { id, session } = await launched(shop, 'local');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    writeFileSync(join(session.worktree, 'left.txt'), '');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
  });

  test('with a commit and a clean tree is delivered', async () => {
    const shop = workshop();
    const { id, session } = await launched(shop, 'local');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('in_review');
  });
});

describe('the end of a turn in push mode push', () => {
  test('is done when the remote has what the worktree has, and the session ends', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    git('push', '-q', '-u', 'origin', 'HEAD');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('done');
    expect(shop.app.store.sessions.openOf(id)).toBeNull();
  });

  test('is not done while something runs in the background', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('push', '-q', '-u', 'origin', 'HEAD');
    await endTurn(shop, id, true);
    expect(shop.task(id).status).toBe('working');
  });

  test('is not done without a commit, on a detached head, or while the remote has another commit', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    git('push', '-q', '-u', 'origin', 'HEAD');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('push', '-q', 'origin', 'HEAD');
    git('checkout', '-q', '--detach');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    git('checkout', '-q', session.branch);
    shop.repo.pushElsewhere(session.branch, { 'b.txt': 'b' }, session.branch);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    // Somebody forced the remote branch back to what it was before.
    git('push', '-q', '--force', 'origin', `HEAD~1:refs/heads/${session.branch}`);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    git('push', '-q', 'origin', `:${session.branch}`);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    expect(undelivered(shop.app)).toEqual([]);
  });

  test('is not done because of what stands on a branch whose name ends alike', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('push', '-q', 'origin', `HEAD:refs/heads/x/refs/heads/${session.branch}`);
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
  });

  test('is done on a branch that Claude renamed, and that branch is removed with the session', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('branch', '-m', 'better/name');
    git('push', '-q', '-u', 'origin', 'HEAD');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('done');
    expect(shop.repo.git('branch', '--format=%(refname:short)')).toBe('main');
  });

  test('is not held by a pull request of the branch', async () => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, 'push');
    const at = shop.app.clock.iso();
    const address = { host: 'github.com', repository: 'acme/app', number: 7, url: 'https://x' };
    const known = unreadPullRequest({ taskId: id, ...address, createdAt: at });
    const event = { kind: 'pull_request.add', source: 'hook' as const, at };
    shop.app.store.write(() => shop.app.store.pullRequests.add(known, event));
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('push', '-q', '-u', 'origin', 'HEAD');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('done');
    expect(shop.app.store.pullRequests.of(id)).toMatchObject({ number: 7, state: 'open' });
  });

  test('is asked again when the remote cannot be reached', async () => {
    const shop = workshop();
    const { id, session } = await launched(shop, 'push');
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    shop.repo.git('remote', 'set-url', 'origin', '/nowhere.git');
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    expect(undelivered(shop.app)).toHaveLength(1);
  });
});

test('a turn that a newer prompt has overtaken is not looked at', async () => {
  const shop = workshop();
  const { session } = await launched(shop, 'local');
  shop.app.store.write(() =>
    shop.app.store.sessions.update(session.id, { turnEndedAt: 5, promptedAt: 6 }, null),
  );
  expect(undelivered(shop.app)).toEqual([]);
});

test.each(['local', 'push'] as const)(
  'a prompt that goes in while the work is looked up in push mode %s keeps the turn alive',
  async (push) => {
    const shop = workshop();
    const { id, session, git } = await launched(shop, push);
    shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
    git('push', '-q', '-u', 'origin', 'HEAD');
    const { store } = shop.app;
    const real = shop.app.git;
    shop.app.git = {
      ...real,
      inspectWorktree: async (path, base) => {
        const state = await real.inspectWorktree(path, base);
        store.write(() =>
          store.sessions.update(session.id, { promptedAt: shop.app.clock.now() + 1 }, null),
        );
        return state;
      },
    };
    await endTurn(shop, id);
    expect(shop.task(id).status).toBe('working');
    expect(store.sessions.openOf(id)?.state).toBe('open');
  },
);

test('a branch that was renamed is followed; one that has a pull request keeps its name', async () => {
  const shop = workshop();
  const { id, session, git } = await launched(shop, 'local');
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  git('branch', '-m', 'better/name');
  const { store } = shop.app;
  const address = { host: 'github.com', repository: 'acme/app', number: 7, url: 'https://x' };
  const blank = unreadPullRequest({ taskId: id, ...address, createdAt: shop.app.clock.iso() });
  const event = { kind: 'pull_request.add', source: 'hook' as const, at: shop.app.clock.iso() };
  const known = store.write(() =>
    store.pullRequests.add({ ...blank, head: session.branch }, event),
  );
  await endTurn(shop, id);
  expect(store.sessions.openOf(id)?.branch).toBe(session.branch);
  store.write(() => store.pullRequests.update(known.id, { head: 'of/another' }, null));
  await endTurn(shop, id);
  expect(store.sessions.openOf(id)?.branch).toBe('better/name');
  expect(shop.task(id).status).toBe('in_review');
});

test('work on another branch than the one of the task is not delivered', async () => {
  const shop = workshop();
  const { id, session, git } = await launched(shop, 'local');
  git('checkout', '-q', '-b', 'elsewhere');
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  await endTurn(shop, id);
  expect(shop.task(id).status).toBe('working');
});
