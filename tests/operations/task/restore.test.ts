import { expect, test } from 'vitest';
import { isOfSession, unreadPullRequest } from '#domain/pull-request.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { finishTask } from '#operations/task/done.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
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
