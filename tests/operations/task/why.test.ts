import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { whyTask } from '#operations/task/why.ts';
import { deliveriesDuty } from '#supervisor/deliveries.ts';
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

test('while nobody can tell whether a turn has delivered, why says so and why that is', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop, { push: 'push' });
  const { store, clock, git } = shop.app;
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  clock.advance(1000);
  const activity = { name: 'idle', source: 'hook', since: clock.now(), detail: null } as const;
  const turnEndedAt = clock.now();
  store.write(() => store.sessions.update(session.id, { activity, turnEndedAt }, null));
  const remoteHead = async () => refuse('The remote could not be reached.');
  shop.app.git = { ...git, remoteHead };
  const duty = deliveriesDuty(shop.app);
  await duty.run();
  const why = async () => granted(await whyTask.run(shop.app, { task: id })).why;
  const unknown =
    'Whether its work was delivered cannot be told yet: The remote could not be reached.';
  expect(await why()).toContain(unknown);
  shop.app.git = git;
  clock.advance(60_000);
  await duty.run();
  expect(await why()).not.toContain(unknown);
});
