import { expect, test } from 'vitest';
import { whyTask } from '#operations/task/why.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('why says what moves a task on, from what is really there', async () => {
  const shop = workshop();
  const held = shop.addTask({ held: 'killed' });
  const { id, session } = await launchedTask(shop);
  shop.tmux.kill(session.id);
  const why = async (task: number) => granted(await whyTask.run(shop.app, { task })).why;
  expect(await why(held.id)).toContain(`#${held.id} waits: held: killed.`);
  expect(await why(id)).toContain('launch resumes it');
  refused(await whyTask.run(shop.app, { task: 99 }));
});
