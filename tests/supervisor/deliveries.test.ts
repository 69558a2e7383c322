import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { launchTask } from '#operations/task/launch.ts';
import { deliveriesDuty } from '#supervisor/deliveries.ts';
import { addProject, addTask } from '../support/fake-app.ts';
import { patientLanes } from '../support/patient-lanes.ts';
import { tempRepo } from '../support/temp-repo.ts';
import { waitFor } from '../support/wait-for.ts';
import { granted, launchedTask, workshop } from '../support/workshop.ts';

test('a session whose delivery cannot be looked up does not hold up the others', async () => {
  const shop = workshop();
  const broken = await launchedTask(shop);
  const fine = await launchedTask(shop);
  shop.repo.commit({ 'a.txt': 'a' }, fine.session.worktree);
  const { store, clock, git } = shop.app;
  clock.advance(1000);
  for (const { session } of [broken, fine]) {
    store.write(() => store.sessions.update(session.id, { turnEndedAt: clock.now() }, null));
  }
  shop.app.git = {
    ...git,
    inspectWorktree: async (worktree, base) => {
      if (worktree === broken.session.worktree) throw new Error('EACCES: permission denied');
      return git.inspectWorktree(worktree, base);
    },
  };
  const logged: string[] = [];
  shop.app.log = { ...shop.app.log, error: (message) => void logged.push(message) };
  const duty = deliveriesDuty(shop.app, patientLanes());
  const rest = await duty.run();
  expect(shop.task(fine.id).status).toBe('in_review');
  expect(shop.task(broken.id).status).toBe('working');
  expect(rest).toBe(5_000);
  // Every commit wakes the duty; the same trouble is told once.
  await duty.run();
  expect(logged).toEqual([`The delivery of #${broken.id} could not be looked up.`]);
});

test('a remote that cannot be reached is asked ever less often, the reason is told once, and it recovers', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop, { push: 'push' });
  const { store, clock, git } = shop.app;
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  shop.repo.in(session.worktree)('push', '-q', 'origin', 'HEAD');
  clock.advance(1000);
  store.write(() => store.sessions.update(session.id, { turnEndedAt: clock.now() }, null));
  let asked = 0;
  shop.app.git = {
    ...git,
    remoteHead: async () => {
      asked += 1;
      return refuse('The remote did not answer within 60 s.', undefined, 'timeout');
    },
  };
  const duty = deliveriesDuty(shop.app, patientLanes());
  for (const wait of [5_000, 15_000, 30_000, 30_000, 30_000]) {
    expect(await duty.run()).toBe(wait);
    clock.advance(wait);
  }
  expect(asked).toBe(4);
  expect(shop.task(id).status).toBe('working');
  const told = store.events.ofTask(id, 50).filter(({ kind }) => kind === 'session.unknown');
  expect(told.map(({ data }) => data.reason)).toEqual(['The remote did not answer within 60 s.']);
  shop.app.git = git;
  await waitFor('the delivery', async () => {
    await duty.run();
    return shop.task(id).status === 'done';
  });
});

test('a remote that is silent holds up no other project', async () => {
  const shop = workshop();
  const { app } = shop;
  const silent = await launchedTask(shop, { push: 'push' });
  const elsewhere = tempRepo();
  const other = addProject(app, { name: 'other', path: elsewhere.path });
  const fine = addTask(app, other, { push: 'local' });
  granted(await launchTask.run(app, { task: [fine.id] }));
  for (const { id } of [silent, fine]) {
    const session = app.store.sessions.openOf(id);
    shop.repo.commit({ 'a.txt': 'a' }, session?.worktree);
    app.clock.advance(1000);
    const turnEndedAt = app.clock.now();
    app.store.write(() => app.store.sessions.update(`${session?.id}`, { turnEndedAt }, null));
  }
  app.git = { ...app.git, remoteHead: () => new Promise(() => {}) };
  void deliveriesDuty(app).run();
  await waitFor('the other delivery', () => shop.task(fine.id).status === 'in_review');
  expect(shop.task(silent.id).status).toBe('working');
});

test('what waits for a round is judged when that has ended, and not a while later', async () => {
  const shop = workshop();
  const { id, session } = await launchedTask(shop, { mode: 'autonomous' });
  const { store, clock } = shop.app;
  shop.repo.commit({ 'a.txt': 'a' }, session.worktree);
  clock.advance(1000);
  const now = clock.now();
  const event = { kind: 'test', source: 'claustre', at: clock.iso() } as const;
  const round = store.write(() => {
    store.sessions.update(session.id, { turnEndedAt: now }, null);
    return store.rounds.add(
      {
        ...{ taskId: id, pullRequestId: null, kind: 'finish', evidence: [], headCommit: null },
        ...{
          startedAt: now,
          sentAt: null,
          endedAt: null,
          outcome: null,
          note: null,
          costUsd: null,
        },
      },
      event,
    );
  });
  const duty = deliveriesDuty(shop.app, patientLanes());
  await duty.run();
  expect(shop.task(id).status).toBe('working');
  store.write(() => store.rounds.update(round.id, { endedAt: now, outcome: 'failed' }, event));
  await duty.run();
  expect(shop.task(id).status).toBe('in_review');
});
