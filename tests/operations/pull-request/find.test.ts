import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { findPullRequests } from '#operations/pull-request/find.ts';
import { moveSession } from '../../support/builders.ts';
import { addProject, addSession, addTask, START } from '../../support/fake-app.ts';
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

  test('that was merged meanwhile makes the task done', async () => {
    const { app, answers, add, find } = start();
    const session = add();
    answers.set(session.branch, reading({ state: 'merged', mergeCommit: 'm' }));
    await find();
    expect(statusOf(app, session)).toBe('done');
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
      failedChecks: ['build'],
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
      failedChecks: ['build'],
      mergeable: 'conflicting',
    });
    answers.set(session.branch, reading());
    await find();
    expect(statusOf(app, session)).toBe('in_review');
    expect(app.store.pullRequests.of(session.taskId)).toMatchObject({
      headCommit: 'tip',
      checks: null,
      failedChecks: [],
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
