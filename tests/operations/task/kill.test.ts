import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finishTask } from '#operations/task/done.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, refused, taskAtWork, workshop } from '../../support/workshop.ts';

describe.each([
  ['kill', killTask, 'pending'],
  ['done', finishTask, 'done'],
] as const)('%s', (_name, operation, status) => {
  test('saves everything, removes worktree, branch and pane, and restore brings it back', async () => {
    const shop = workshop();
    const { id, session } = await taskAtWork(shop);
    const before = shop.repo.in(session.worktree)('status', '--porcelain');
    const ended = granted(await operation.run(shop.app, { task: id }));
    expect(ended.trash).toMatchObject({ commits: 1, untracked: 1 });
    expect(shop.task(id).status).toBe(status);
    expect(existsSync(session.worktree)).toBe(false);
    expect(shop.repo.git('branch', '--list', session.branch)).toBe('');
    expect(shop.tmux.panes.some((pane) => pane.session === session.id)).toBe(false);
    expect(shop.app.store.sessions.openOf(id)).toBeNull();

    const restored = granted(await restoreTask.run(shop.app, { task: id }));
    expect(restored.task).toMatchObject({ status: 'interrupted', session: { activity: 'ended' } });
    expect(restored.task.session?.claudeSessionId).toBe(session.claudeSessionId);
    expect(shop.repo.in(session.worktree)('status', '--porcelain')).toBe(before);
    expect(readFileSync(join(session.worktree, 'new file.txt'), 'utf8')).toBe('untracked');
    const [resumed] = granted(await launchTask.run(shop.app, { task: [id] }));
    expect(resumed?.says).toContain('Resumed');
  });

  test('again is no error', async () => {
    const shop = workshop();
    const { id } = await taskAtWork(shop);
    granted(await operation.run(shop.app, { task: id }));
    await operation.run(shop.app, { task: id });
    expect(shop.task(id).status).toBe(status);
  });

  test('that was cut off by a crash after saving goes on without saving less', async () => {
    const shop = workshop();
    const { id, session } = await taskAtWork(shop);
    const { git } = shop.app;
    shop.app.git = { ...git, removeWorktree: async () => Promise.reject(new Error('SIGKILL')) };
    await expect(operation.run(shop.app, { task: id })).rejects.toThrow('SIGKILL');
    expect(shop.app.store.sessions.find(session.id)?.state).toBe('closing');
    shop.app.git = git;
    const ended = granted(await operation.run(shop.app, { task: id }));
    expect(ended.trash).toMatchObject({ commits: 1, untracked: 1 });
    expect(existsSync(session.worktree)).toBe(false);
  });
});

test('what cannot be saved is not removed', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  writeFileSync(join(session.worktree, '.git'), 'gitdir: /nowhere\n');
  const no = refused(await killTask.run(shop.app, { task: id }));
  expect(no.reason).not.toBe('');
  expect(existsSync(join(session.worktree, 'new file.txt'))).toBe(true);
  expect(shop.app.store.sessions.openOf(id)?.state).toBe('open');
  expect(shop.task(id).status).not.toBe('pending');
});

test('the question before a kill names what would be saved', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  const question = await killTask.command?.confirm?.(shop.app, { task: id } as never);
  expect(question).toContain(
    '1 commit, 2 changed files, 1 untracked file would exist nowhere else',
  );
  expect(question).toContain(`claustre restore ${id}`);
});

test('a killed task is held until a person launches it', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  granted(await killTask.run(shop.app, { task: id }));
  expect(shop.task(id).held).toBe('killed');
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(shop.task(id).held).toBeNull();
});

test('a task whose setup failed can be killed, and waits for that reason then', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  const event = { kind: 'task.setup_fail', source: 'hook', at: '' } as const;
  const held = { held: 'setup failed' };
  shop.app.store.write(() => shop.app.store.tasks.setStatus(id, 'working', 'pending', held, event));
  granted(await killTask.run(shop.app, { task: id }));
  expect(shop.task(id)).toMatchObject({ status: 'pending', held: 'killed' });
});
