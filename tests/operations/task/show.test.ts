import { expect, test } from 'vitest';
import { showTask } from '#operations/task/show.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('a task is shown as it is now: the pane is looked at first', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.tmux.kill(session.id);
  expect(granted(await showTask.run(shop.app, { task: id }))).toMatchObject({
    status: 'interrupted',
    session: { id: session.id, activity: 'ended', source: 'pane', detail: 'ended by signal 9' },
  });
});

test('a number that no task has is told as such', async () => {
  const no = refused(await showTask.run(workshop().app, { task: 99 }));
  expect(no).toMatchObject({ code: 'not_found', reason: 'There is no task #99.' });
});
