import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PushMode } from '#domain/task.ts';
import { deliverTurn, undelivered } from '#operations/session/deliver.ts';
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

test('work on another branch than the one of the task is not delivered', async () => {
  const shop = workshop();
  const { id, session, git } = await launched(shop, 'local');
  git('checkout', '-q', '-b', 'elsewhere');
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  await endTurn(shop, id);
  expect(shop.task(id).status).toBe('working');
});
