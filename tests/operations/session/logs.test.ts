import { expect, test } from 'vitest';
import { sessionLogs } from '#operations/session/logs.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('the logs are what stands on the pane of the session, also of a Claude that has ended', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.tmux.screen = 'Its last words.';
  shop.tmux.kill(session.id);
  const log = granted(await sessionLogs.run(shop.app, { task: id, lines: 10, setup: false }));
  expect(log).toEqual({ task: id, text: 'Its last words.' });
});

test.each([
  ['of another tmux server', { serverPid: 77 }],
  ['of another session', { session: 'other' }],
])('a pane with the same number %s is not read', async (_whose, more) => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.tmux.panes = shop.tmux.panes.map((pane) =>
    pane.session === session.id ? { ...pane, ...more } : pane,
  );
  shop.tmux.screen = 'Of somebody else.';
  const no = refused(await sessionLogs.run(shop.app, { task: id, lines: 10, setup: false }));
  expect(no.reason).toBe(`The pane of #${id} is gone.`);
});
