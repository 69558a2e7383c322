import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import { isOfSession, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { removeProject } from '#operations/project/remove.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { finishTask } from '#operations/task/done.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, launchedTask, refused, taskAtWork, workshop } from '../../support/workshop.ts';

test('restore refuses what is not there, and what would be laid over an open session', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  expect(refused(await restoreTask.run(shop.app, { task: id })).code).toBe('not_found');
  granted(await killTask.run(shop.app, { task: id }));
  granted(await launchTask.run(shop.app, { task: [id] }));
  expect(refused(await restoreTask.run(shop.app, { task: id })).reason).toContain('open session');
});

test('a task that was finished without ever having a session is pending again', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  granted(await finishTask.run(shop.app, { task: id }));
  expect(granted(await restoreTask.run(shop.app, { task: id })).task.status).toBe('pending');
});

test('a task that was merged and is restored is not judged by that merge again', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop, { push: 'pr' });
  const { store, clock } = shop.app;
  const address = { host: 'github.com', repository: 'acme/app', number: 7 };
  const url = 'https://github.com/acme/app/pull/7';
  const row = unreadPullRequest({ taskId: id, ...address, url, createdAt: clock.iso() });
  const event = { kind: 'x', source: 'supervisor', at: clock.iso() } as const;
  store.write(() => {
    store.pullRequests.add({ ...row, state: 'merged', head: session.branch }, event);
    store.sessions.update(session.id, { turnEndedAt: clock.now() }, null);
    store.tasks.setStatus(id, 'working', 'done', {}, event);
  });
  clock.advance(1000);
  await finishClosing(shop.app);
  const restored = granted(await restoreTask.run(shop.app, { task: id }));
  expect(restored.task.status).toBe('interrupted');
  const again = store.sessions.openOf(id);
  expect(isOfSession({ ...row, head: session.branch }, again)).toBe(false);
  expect(again?.lookedAt).toBe(again?.turnEndedAt);
});

test('an older entry is brought back by its number, and nobody is told to bury it', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  const first = granted(await killTask.run(shop.app, { task: id })).trash;
  granted(await launchTask.run(shop.app, { task: [id] }));
  const no = refused(await restoreTask.run(shop.app, { task: id }));
  expect(no.hint).toContain(`--trash ${first?.id}`);
  granted(await killTask.run(shop.app, { task: id }));
  const restored = granted(await restoreTask.run(shop.app, { task: id, trash: first?.id }));
  expect(existsSync(join(restored.task.session?.worktree ?? '', 'new file.txt'))).toBe(true);
});

test('a restore that was cut off after it had brought the work back goes on', async () => {
  const shop = workshop();
  const { id, session } = await taskAtWork(shop);
  const entry = granted(await killTask.run(shop.app, { task: id })).trash;
  const name = entry?.ref?.slice(entry.ref.lastIndexOf('/') + 1) ?? '';
  const { worktree } = session;
  granted(await shop.app.git.restoreWork({ repository: shop.repo.path, worktree, name }));
  granted(await restoreTask.run(shop.app, { task: id }));
  expect(shop.app.store.sessions.openOf(id)?.worktree).toBe(worktree);
});

test('a removed task is waited for again by those that waited for it', async () => {
  const shop = workshop();
  const first = shop.addTask();
  const second = shop.addTask();
  const event = { kind: 'task.edit', source: 'person', at: '' } as const;
  shop.app.store.write(() => shop.app.store.tasks.setAfter(second.id, [first.id], event));
  granted(await removeTask.run(shop.app, { task: first.id }));
  granted(await restoreTask.run(shop.app, { task: first.id }));
  expect(shop.app.store.tasks.after(second.id)).toEqual([toAfter(first.id)]);
});

test('work of a project that was forgotten comes back with the project', async () => {
  const shop = workshop();
  const { id } = await taskAtWork(shop);
  granted(await killTask.run(shop.app, { task: id }));
  granted(await removeProject.run(shop.app, { name: 'app' }));
  expect(shop.app.store.projects.all()).toEqual([]);
  const restored = granted(await restoreTask.run(shop.app, { task: id }));
  expect(restored.task.project).toBe('app');
  expect(existsSync(join(restored.task.session?.worktree ?? '', 'new file.txt'))).toBe(true);
  expect(shop.app.store.projects.all()).toHaveLength(1);
});
