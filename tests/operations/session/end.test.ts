import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { moveSession } from '../../support/builders.ts';
import { granted, launchedTask, refused, taskAtWork, workshop } from '../../support/workshop.ts';

/** A process id that no process has. */
const DEAD = 424_242;

describe('two that end one session at the same time', () => {
  test('never meet: one ends it, the other is told, and the work is saved once and whole', async () => {
    const shop = workshop();
    const { id } = await taskAtWork(shop);
    const both = await Promise.all([
      killTask.run(shop.app, { task: id }),
      killTask.run(shop.app, { task: id }),
    ]);
    expect(both.filter((each) => 'trash' in each)).toHaveLength(1);
    const restored = granted(await restoreTask.run(shop.app, { task: id }));
    const worktree = restored.task.session?.worktree ?? '';
    expect(existsSync(join(worktree, 'new file.txt'))).toBe(true);
  });

  test('the supervisor leaves an end alone whose process lives', async () => {
    const shop = workshop();
    const { id, session } = await taskAtWork(shop);
    const { isAlive } = shop.app.host;
    shop.app.host = { ...shop.app.host, isAlive: (pid) => pid === 7 || isAlive(pid) };
    moveSession(shop.app.store, session.id, {
      state: 'closing',
      movedBy: 7,
      movedAt: shop.app.clock.now(),
    });
    expect(await finishClosing(shop.app)).toBe(0);
    expect(refused(await killTask.run(shop.app, { task: id })).reason).toContain('another process');
    // A process id from long ago is somebody else's by now.
    shop.app.clock.advance(60 * 60_000);
    granted(await killTask.run(shop.app, { task: id }));
  });
});

test('a launch that was cut off before it made anything can be killed, and launched again', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  await shop.app.git.removeWorktree({
    repository: shop.repo.path,
    worktree: session.worktree,
    branch: session.branch,
    deleteBranch: true,
  });
  shop.tmux.panes = shop.tmux.panes.filter((pane) => pane.session !== session.id);
  const nothing = { pane: null, serverPid: null, pid: null, baseCommit: null };
  moveSession(shop.app.store, session.id, { state: 'opening', movedBy: DEAD, ...nothing });
  expect(granted(await killTask.run(shop.app, { task: id })).trash).toBeNull();
  expect(shop.task(id)).toMatchObject({ status: 'pending', held: 'killed' });
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(shop.task(id).status).toBe('working');
});

test('a launch that is still running is not killed from under its process', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const { isAlive } = shop.app.host;
  shop.app.host = { ...shop.app.host, isAlive: (pid) => pid === 7 || isAlive(pid) };
  moveSession(shop.app.store, session.id, {
    state: 'opening',
    movedBy: 7,
    movedAt: shop.app.clock.now(),
  });
  refused(await killTask.run(shop.app, { task: id }));
  expect(shop.app.store.sessions.openOf(id)?.state).toBe('opening');
  expect(existsSync(session.worktree)).toBe(true);
});

test('what a cut off launch left is kept when it holds work', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  writeFileSync(join(session.worktree, 'work.txt'), 'by Claude');
  shop.tmux.panes = shop.tmux.panes.filter((pane) => pane.session !== session.id);
  moveSession(shop.app.store, session.id, { state: 'opening', movedBy: DEAD });
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(existsSync(join(session.worktree, 'work.txt'))).toBe(true);
});

test('a done task whose work cannot be saved is not tried again and again', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  const nested = join(session.worktree, 'nested');
  mkdirSync(nested);
  shop.repo.in(nested)('init', '-q');
  shop.repo.commit({ 'a.txt': 'a' }, nested);
  const event = { kind: 'task.merge', source: 'supervisor', at: '' } as const;
  shop.app.store.write(() => shop.app.store.tasks.setStatus(id, 'working', 'done', {}, event));
  await finishClosing(shop.app);
  const events = () => shop.app.store.events.ofTask(id, 1000).length;
  const before = events();
  await finishClosing(shop.app);
  await finishClosing(shop.app);
  expect(events()).toBe(before);
  expect(existsSync(join(nested, 'a.txt'))).toBe(true);
  shop.app.clock.advance(11 * 60_000);
  await finishClosing(shop.app);
  expect(events()).toBeGreaterThan(before);
});

test('one session that cannot be ended does not hold up the others', async () => {
  const shop = workshop();
  const one = await taskAtWork(shop);
  const two = await launchedTask(shop);
  const event = { kind: 'task.merge', source: 'supervisor', at: '' } as const;
  for (const { id } of [one, two]) {
    shop.app.store.write(() => shop.app.store.tasks.setStatus(id, 'working', 'done', {}, event));
  }
  const { git } = shop.app;
  shop.app.git = {
    ...git,
    removeWorktree: (request) =>
      request.branch === one.session.branch
        ? Promise.reject(new Error('EACCES'))
        : git.removeWorktree(request),
  };
  expect(await finishClosing(shop.app)).toBe(1);
  expect(shop.app.store.sessions.openOf(two.id)).toBeNull();
});
