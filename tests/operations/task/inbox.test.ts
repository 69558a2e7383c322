import { expect, test } from 'vitest';
import { inbox } from '#operations/task/inbox.ts';
import { granted, launchedTask, workshop } from '../../support/workshop.ts';

test('the inbox holds what waits for a person, oldest first, and looks before it tells', async () => {
  const shop = workshop();
  const failed = shop.addTask({ held: 'setup failed' });
  shop.app.clock.advance(60_000);
  const { id, session } = await launchedTask(shop);
  shop.tmux.kill(session.id);
  const entries = granted(await inbox.run(shop.app, {}));
  expect(entries.map(({ kind, task }) => [kind, task])).toEqual([
    ['setup_failed', failed.id],
    ['unsure', id],
  ]);
});
