import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { whyTask } from '#operations/task/why.ts';
import { deliveriesDuty } from '#supervisor/deliveries.ts';
import { addProject, addTask, fakeApp } from '../../support/fake-app.ts';
import { patientLanes } from '../../support/patient-lanes.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

test('why says that what it stands on is old', async () => {
  const app = fakeApp();
  const task = addTask(app, addProject(app), { status: 'in_review' });
  const at = app.clock.iso();
  const address = { host: 'github.com', repository: 'acme/app', number: 1 };
  const url = 'https://github.com/acme/app/pull/1';
  const blank = unreadPullRequest({ taskId: task.id, ...address, url, createdAt: at });
  const row = { ...blank, readAt: at, staleReason: 'GitHub cannot be reached.' };
  app.store.write(() => app.store.pullRequests.add(row, { kind: 'x', source: 'hook', at }));
  const said = granted(await whyTask.run(app, { task: task.id })).why;
  expect(said).toMatch(/ Its pull request could not be read anew: GitHub cannot be reached\.$/);
});

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
  const duty = deliveriesDuty(shop.app, patientLanes());
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
