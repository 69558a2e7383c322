import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { findPullRequests } from '#operations/pull-request/find.ts';
import { moveSession } from '../../support/builders.ts';
import { addProject, addSession, addTask, START } from '../../support/fake-app.ts';
import { failing } from '../../support/reading.ts';
import { addRow, HOST, lookedAt, reading, start, statusOf } from './start-find.ts';

describe('the branch of a turn that ended', () => {
  test.each(['working', 'interrupted', 'error'] as const)(
    'with an open pull request delivers a task that is %s',
    async (status) => {
      const { app, answers, requests, add, find } = start();
      const session = add(status);
      answers.set(session.branch, reading({ draft: true }));
      const { looked } = await find();
      expect(looked.get(session.id)).toMatchObject({ number: 7, state: 'open', nodeId: 'PR_7' });
      expect(statusOf(app, session)).toBe('in_review');
      expect(app.store.pullRequests.of(session.taskId)).toMatchObject({
        host: HOST,
        repository: 'acme/app',
        head: session.branch,
        headCommit: 'tip',
      });
      expect(requests).toEqual([
        [
          {
            key: 0,
            repository: 'acme/app',
            branch: 'task/a-task-1',
            pinned: null,
            commit: 'tip',
            base: 'main',
            since: session.createdAt,
          },
        ],
      ]);
    },
  );

  test('without one leaves the task and is not looked up again before the next turn ends', async () => {
    const { app, answers, requests, add, find } = start();
    const session = add();
    answers.set(session.branch, null);
    expect((await find()).looked.get(session.id)).toBeNull();
    await find();
    expect(requests).toHaveLength(1);
    expect([statusOf(app, session), lookedAt(app, session)]).toEqual(['working', START + 1_000]);
    app.store.write(() =>
      app.store.sessions.update(session.id, { turnEndedAt: START + 9_000 }, null),
    );
    await find();
    expect(requests).toHaveLength(2);
  });

  test('is looked up again when that is asked for, without writing anything for none', async () => {
    const { app, answers, requests, add, find } = start();
    const session = add();
    answers.set(session.branch, null);
    await find();
    const before = app.store.ownChanges();
    await find([session.id]);
    expect([requests.length, app.store.ownChanges()]).toEqual([2, before]);
    answers.set(session.branch, reading());
    await find([session.id]);
    expect(statusOf(app, session)).toBe('in_review');
  });

  test('that could not be looked up stays due', async () => {
    const { app, answers, world, add, find } = start();
    const session = add();
    world.refusal = refuse('github.com cannot be reached.', undefined, 'environment');
    expect((await find()).trouble).toBe(world.refusal);
    world.refusal = null;
    answers.set(session.branch, 'It does not exist.');
    expect((await find()).failed.get(session.id)).toBe('It does not exist.');
    answers.delete(session.branch);
    await find();
    expect([statusOf(app, session), lookedAt(app, session)]).toEqual(['working', null]);
  });

  test('is compared with our commit only while the worktree is on it', async () => {
    const { answers, requests, worktree, add, find } = start();
    const session = add();
    answers.set(session.branch, null);
    worktree.branch = 'something-else';
    await find();
    expect(requests[0]?.[0]?.commit).toBeNull();
  });

  test('that was renamed in the worktree is looked up by its new name', async () => {
    const { app, answers, requests, worktree, branches, add, find } = start();
    const session = add('working', { worktree: '/w' });
    branches.delete('task/a-task-1');
    branches.add('better');
    worktree.branch = 'better';
    answers.set('better', reading({ head: 'better' }));
    await find();
    expect(requests[0]?.[0]).toMatchObject({ branch: 'better', commit: 'tip' });
    expect(app.store.sessions.find(session.id)?.branch).toBe('better');
    expect(statusOf(app, session)).toBe('in_review');
  });

  test('that was merged meanwhile is followed, and its worktree decides what becomes of the task', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    answers.set(session.branch, reading({ state: 'merged', mergeCommit: 'm' }));
    await find();
    expect(statusOf(app, session)).toBe('working');
    expect(app.store.pullRequests.of(session.taskId)?.state).toBe('merged');
  });

  test('that was closed is known but not delivered', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    answers.set(session.branch, reading({ state: 'closed' }));
    await find();
    expect(statusOf(app, session)).toBe('working');
    expect(app.store.pullRequests.of(session.taskId)?.state).toBe('closed');
  });
});

describe('which branches are looked up', () => {
  test.each([
    ['its turn has not ended', {}, { turnEndedAt: null }],
    ['it was looked at', {}, { lookedAt: START + 1_000 }],
    ['its session is being closed', {}, { state: 'closing' }],
    ['it is pushed without a pull request', { push: 'push' }, {}],
    ['it stays local', { push: 'local' }, {}],
    ['it is in review already', { status: 'in_review' }, {}],
    ['it is done', { status: 'done' }, {}],
  ] as const)('not one of a task when %s', async (_why, task, session) => {
    const { requests, add, find } = start();
    add('working', session, task);
    await find();
    expect(requests).toEqual([]);
  });

  test('ten are one request', async () => {
    const { requests, add, find } = start();
    for (let count = 0; count < 12; count += 1) add();
    await find();
    expect(requests.map((refs) => refs.length)).toEqual([10, 2]);
  });

  test('a branch of another host, or of a project without one, is not', async () => {
    const { app, requests, add, find } = start();
    add();
    await findPullRequests.run(app, { host: 'git.example.org' });
    const local = addProject(app, { name: 'local', forge: null });
    addSession(app, addTask(app, local, { status: 'working' }), { turnEndedAt: START });
    await find();
    expect(requests.flat().map((ref) => ref.repository)).toEqual(['acme/app']);
  });
});

describe('a pull request that is known', () => {
  test('with failing checks of the same commit leads on from the review at once', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    addRow(app, session, {
      checks: 'failed',
      checkRuns: failing('build'),
      review: 'approved',
      approvedBy: ['ada'],
      autoMerge: 'squash',
    });
    answers.set(session.branch, reading());
    await find();
    expect(statusOf(app, session)).toBe('ci_failed');
    expect(app.store.pullRequests.of(session.taskId)).toMatchObject({
      checks: 'failed',
      review: 'approved',
      approvedBy: ['ada'],
      autoMerge: 'squash',
    });
  });

  test('with a new commit stands in review until that is read', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    addRow(app, session, {
      headCommit: 'before',
      checks: 'failed',
      checkRuns: failing('build'),
      mergeable: 'conflicting',
    });
    answers.set(session.branch, reading());
    await find();
    expect(statusOf(app, session)).toBe('in_review');
    expect(app.store.pullRequests.of(session.taskId)).toMatchObject({
      headCommit: 'tip',
      checks: null,
      checkRuns: [],
      mergeable: null,
    });
  });

  test('of an earlier run counts from when it is found to show the work of this one', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    const old = addRow(app, session);
    moveSession(app.store, session.id, { state: 'closed' });
    app.clock.advance(60_000);
    const later = app.clock.now();
    const next = addSession(
      app,
      { id: session.taskId },
      { branch: session.branch, turnEndedAt: later },
    );
    answers.set(session.branch, reading());
    await find();
    expect(statusOf(app, next)).toBe('in_review');
    const row = app.store.pullRequests.of(session.taskId);
    expect([row?.id, row?.createdAt]).toEqual([old.id, app.clock.iso()]);
  });
});

describe('the right one is followed when', () => {
  const address = { host: HOST, repository: 'acme/app', number: 7 };

  test('several stand open: the one that was followed before', async () => {
    const { app, answers, requests, add, find } = start();
    const session = add();
    addRow(app, session);
    answers.set(session.branch, reading());
    await find();
    expect(requests[0]?.[0]?.pinned).toBe('PR_7');
  });

  test('one of an earlier run is known: that one is not preferred', async () => {
    const { app, answers, requests, add, find } = start();
    const session = add();
    addRow(app, session);
    moveSession(app.store, session.id, { state: 'closed' });
    app.clock.advance(60_000);
    const turnEndedAt = app.clock.now();
    addSession(app, { id: session.taskId }, { branch: session.branch, turnEndedAt });
    answers.set(session.branch, null);
    await find();
    expect(requests[0]?.[0]?.pinned).toBeNull();
  });

  test.each(['in_review', 'conflict', 'ci_failed'] as const)(
    'a closed one is followed by a new one while the task is %s',
    async (status) => {
      const { app, answers, add, find } = start();
      const session = add(status, { lookedAt: START + 1_000 });
      addRow(app, session, { state: 'closed', mergeable: 'conflicting' });
      const next = { nodeId: 'PR_8', number: 8, url: 'https://github.com/acme/app/pull/8' };
      answers.set(session.branch, reading({ ...next, mergeable: 'mergeable', checks: 'passed' }));
      await find([session.id]);
      expect(app.store.pullRequests.of(session.taskId)).toMatchObject({ number: 8, state: 'open' });
      expect(statusOf(app, session)).toBe('in_review');
    },
  );

  test('its repository was renamed: it is still the same one', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    const row = addRow(app, session, { review: 'approved' });
    app.store.write(() =>
      app.store.pullRequests.update(row.id, { repository: 'acme/former' }, null),
    );
    answers.set(session.branch, reading());
    await find();
    expect(app.store.pullRequests.of(session.taskId)).toMatchObject({ id: row.id, number: 7 });
    expect(app.store.pullRequests.named(session.taskId, address)?.id).toBe(row.id);
  });

  test('its repository was renamed, and a tool named it under the new name already', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    const former = addRow(app, session);
    app.store.write(() =>
      app.store.pullRequests.update(former.id, { repository: 'acme/former' }, null),
    );
    const named = addRow(app, session);
    app.store.write(() => app.store.pullRequests.update(named.id, { nodeId: null }, null));
    answers.set(session.branch, reading());
    await find();
    expect(app.store.pullRequests.find(former.id)?.repository).toBe('acme/former');
    expect(statusOf(app, session)).toBe('in_review');
  });

  test('its number was given out again: nothing of the other one is believed', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    const facts = { checks: 'failed', review: 'approved', mergeable: 'conflicting' } as const;
    const row = addRow(app, session, { nodeId: 'PR_old', ...facts });
    app.clock.advance(1_000);
    answers.set(session.branch, reading());
    await find();
    expect(app.store.pullRequests.of(session.taskId)).toMatchObject({
      ...{ id: row.id, nodeId: 'PR_7', checks: null, review: null, mergeable: null },
      createdAt: app.clock.iso(),
    });
    expect(statusOf(app, session)).toBe('in_review');
  });
});

describe('a race', () => {
  test('a prompt that came while GitHub was asked is not delivered over', async () => {
    const { app, answers, world, add, find } = start();
    const session = add();
    answers.set(session.branch, reading());
    world.meanwhile = () =>
      app.store.write(() =>
        app.store.sessions.update(session.id, { promptedAt: START + 2_000 }, null),
      );
    await find();
    expect(statusOf(app, session)).toBe('working');
    expect(app.store.pullRequests.of(session.taskId)?.number).toBe(7);
  });

  test('a session that was closed while GitHub was asked gets nothing', async () => {
    const { app, answers, world, add, find } = start();
    const session = add();
    answers.set(session.branch, reading());
    world.meanwhile = () => moveSession(app.store, session.id, { state: 'closed' });
    await find();
    expect(statusOf(app, session)).toBe('working');
    expect(app.store.pullRequests.of(session.taskId)).toBeNull();
  });
});
