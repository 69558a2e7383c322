import { expect, test } from 'vitest';
import { attachSession } from '#operations/session/attach.ts';
import { sessionLogs } from '#operations/session/logs.ts';
import { launchTask } from '#operations/task/launch.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

test('attaching hands the terminal to the session of the task', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [id] }));
  const attached: string[] = [];
  const { panes, endSession } = shop.app.tmux;
  const attach = async (session: string) => `${attached.push(session)}`;
  shop.app.tmux = { ...shop.app.tmux, panes, endSession, attach };
  granted(await attachSession.run(shop.app, { task: id }));
  expect(attached).toEqual([shop.app.store.sessions.openOf(id)?.id]);
});

test('without a session, or with a pane that is gone, it says what starts it', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  expect(refused(await attachSession.run(shop.app, { task: id })).hint).toContain(
    `claustre launch ${id}`,
  );
  granted(await launchTask.run(shop.app, { task: [id] }));
  shop.tmux.panes = [];
  expect(refused(await attachSession.run(shop.app, { task: id })).hint).toContain(
    `claustre launch ${id}`,
  );
});

test('logs are the text of the pane', async () => {
  const shop = workshop();
  const { id } = shop.addTask();
  refused(await sessionLogs.run(shop.app, { task: id, lines: 10, setup: false }));
  granted(await launchTask.run(shop.app, { task: [id] }));
  shop.tmux.screen = 'hello';
  const log = granted(await sessionLogs.run(shop.app, { task: id, lines: 10, setup: false }));
  expect(log.text).toBe('hello');
});
