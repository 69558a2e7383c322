import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import type { App } from '#app.ts';
import { refuse } from '#domain/error.ts';
import { failedChecks } from '#domain/pull-request/checks.ts';
import { refreshPullRequests } from '#operations/pull-request/refresh.ts';
import { moveSession } from '../../support/builders.ts';
import { addSession, notExpected } from '../../support/fake-app.ts';
import { ghStandIn } from '../../support/gh-stand-in.ts';
import { aCheck, failing } from '../../support/reading.ts';
import { kinds, reading, row, start, status } from './start-refresh.ts';

describe('what a reading does', () => {
  test('failing checks, a conflict and their end move the task, each with its event', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    answers.set(1, reading(1, { checks: 'failed', checkRuns: failing('build') }));
    await refresh();
    expect([status(app, pull), failedChecks(row(app, pull)?.checkRuns ?? [])]).toEqual([
      'ci_failed',
      ['build'],
    ]);
    answers.set(
      1,
      reading(1, { checks: 'failed', checkRuns: failing('build'), mergeable: 'conflicting' }),
    );
    await refresh();
    await refresh();
    expect(status(app, pull)).toBe('conflict');
    answers.set(1, reading(1, { headCommit: 'bbb', checks: 'pending' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.checkRuns]).toEqual(['in_review', []]);
    expect(kinds(app, pull).slice(-6)).toEqual([
      'pull_request.update',
      'task.ci_fail',
      'pull_request.update',
      'task.conflict',
      'pull_request.update',
      'task.resolve',
    ]);
  });

  test('one without news writes nothing, and after a minute only its time', async () => {
    const { app, add, refresh } = start();
    const pull = add('in_review');
    const before = app.store.ownChanges();
    app.clock.advance(59_000);
    await refresh();
    expect(app.store.ownChanges()).toBe(before);
    app.clock.advance(1_000);
    await refresh();
    expect(row(app, pull)?.readAt).toBe(app.clock.iso());
    expect(kinds(app, pull)).toEqual(['task.add', 'session.add', 'pull_request.add']);
  });

  test('what a person need not know is written without an event', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    answers.set(1, reading(1, { mergeState: 'unstable' }));
    await refresh();
    expect(row(app, pull)?.mergeState).toBe('unstable');
    expect(kinds(app, pull)).not.toContain('pull_request.update');
  });

  test('facts of a working task are kept up to date without moving it', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('working');
    answers.set(
      1,
      reading(1, { checks: 'failed', checkRuns: failing('build'), mergeable: 'conflicting' }),
    );
    await refresh();
    await refresh();
    expect(status(app, pull)).toBe('working');
    expect(row(app, pull)).toMatchObject({ checks: 'failed', mergeable: 'conflicting' });
  });

  test('a task that comes to review with known facts is judged by them although nothing new was read', async () => {
    const { app, add, refresh } = start();
    const pull = add('in_review', { mergeable: 'conflicting' });
    await refresh();
    expect(status(app, pull)).toBe('conflict');
  });

  test('optional checks that failed are shown and move nothing', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    answers.set(1, reading(1, { checks: 'failed_optional', checkRuns: failing('lint') }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.checks]).toEqual(['in_review', 'failed_optional']);
  });

  test('a conflict counts when it is seen twice between the same commits, unknown ones in between', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    const conflict = { mergeable: 'conflicting', mergeState: 'dirty' } as const;
    answers.set(1, reading(1, { ...conflict, baseCommit: 'b1' }));
    await refresh();
    expect(row(app, pull)).toMatchObject({ mergeable: 'mergeable', mergeState: 'clean' });
    answers.set(1, reading(1, { ...conflict, baseCommit: 'b2' }));
    await refresh();
    expect(status(app, pull)).toBe('in_review');
    answers.set(1, reading(1, { mergeable: null, mergeState: null, baseCommit: 'b2' }));
    await refresh();
    answers.set(1, reading(1, { ...conflict, baseCommit: 'b2' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.mergeState]).toEqual(['conflict', 'dirty']);
  });

  test('the time of a head commit is that of its first reading', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    const first = row(app, pull)?.headSeenAt;
    app.clock.advance(120_000);
    await refresh();
    expect(row(app, pull)?.headSeenAt).toBe(first);
    answers.set(1, reading(1, { headCommit: 'bbb' }));
    await refresh();
    expect(row(app, pull)?.headSeenAt).toBe(app.clock.iso());
  });

  test('what is known of the head commit is handed to the next reading', async () => {
    const { app, answers, requests, add, refresh } = start();
    const pull = add('in_review');
    const checkRuns = [{ ...aCheck('lint', 'FAILURE'), required: false }];
    answers.set(1, reading(1, { checks: 'failed_optional', checkRuns }));
    await refresh();
    await refresh();
    expect(requests.at(-1)?.[0]?.known).toEqual({
      headCommit: 'aaa',
      headSeenAt: row(app, pull)?.headSeenAt,
      required: [['[null,"lint",null]', false]],
    });
  });

  test('a merge that is not computed yet leaves a conflict standing', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('conflict', { mergeable: 'conflicting' });
    answers.set(1, reading(1, { mergeable: null, mergeState: null }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.mergeable]).toEqual(['conflict', 'conflicting']);
    answers.set(1, reading(1, { mergeable: null, mergeState: null, headCommit: 'bbb' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.mergeable]).toEqual(['conflict', null]);
  });
});

describe('the end of a pull request', () => {
  test.each(['working', 'interrupted', 'in_review', 'conflict', 'ci_failed', 'error'] as const)(
    'a merge makes a task that is %s and has no session done',
    async (before) => {
      const { app, answers, add, refresh } = start();
      const pull = add(before);
      const session = app.store.sessions.openOf(pull.taskId);
      moveSession(app.store, session?.id ?? '', { state: 'closed' });
      answers.set(1, reading(1, { state: 'merged', mergeCommit: 'm', mergeable: null }));
      await refresh();
      expect(status(app, pull)).toBe('done');
      expect(row(app, pull)).toMatchObject({ state: 'merged', mergedAt: app.clock.iso() });
    },
  );

  test('a merge ends no open session by itself: its worktree is looked at first', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    answers.set(1, reading(1, { state: 'merged', mergeCommit: 'm' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.state]).toEqual(['in_review', 'merged']);
  });

  test('a killed task stays pending when its pull request is merged', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('pending');
    answers.set(1, reading(1, { state: 'merged' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.state]).toEqual(['pending', 'merged']);
  });

  test('closing is told once and moves nothing; a reopened one is followed again', async () => {
    const { app, answers, requests, add, refresh } = start();
    const pull = add('in_review');
    answers.set(1, reading(1, { state: 'closed', mergeable: null, checks: null }));
    await refresh();
    await refresh();
    expect(requests).toHaveLength(1);
    await refresh([pull.id]);
    expect(status(app, pull)).toBe('in_review');
    expect(kinds(app, pull).filter((kind) => kind === 'pull_request.closed')).toHaveLength(1);
    answers.set(1, reading(1, { mergeable: 'conflicting' }));
    await refresh([pull.id]);
    await refresh([pull.id]);
    expect(status(app, pull)).toBe('conflict');
    expect(kinds(app, pull)).toContain('pull_request.reopened');
  });
});

describe('a reading that failed', () => {
  test('changes nothing but the reason, once, and the next good one clears it', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('conflict', { mergeable: 'conflicting' });
    answers.set(1, 'It does not exist on GitHub any more.');
    expect((await refresh()).failed.get(pull.id)).toMatch(/does not exist/);
    const before = app.store.ownChanges();
    await refresh();
    expect(app.store.ownChanges()).toBe(before);
    expect(row(app, pull)).toEqual({
      ...pull,
      staleReason: 'It does not exist on GitHub any more.',
    });
    expect(status(app, pull)).toBe('conflict');
    answers.set(1, reading(1, { mergeable: 'conflicting' }));
    await refresh();
    expect(row(app, pull)?.staleReason).toBeNull();
  });

  test('a request that learned nothing marks all that were due and asks no further', async () => {
    const { app, requests, world, add, refresh } = start();
    const pulls = Array.from({ length: 25 }, () => add('in_review'));
    world.refusal = refuse('github.com cannot be reached.', 'Check the network.', 'environment');
    const result = await refresh();
    expect(result.trouble).toBe(world.refusal);
    expect(requests).toHaveLength(1);
    for (const pull of pulls) {
      expect(row(app, pull)).toEqual({ ...pull, staleReason: 'github.com cannot be reached.' });
      expect(status(app, pull)).toBe('in_review');
    }
    expect(app.store.ownChanges()).toBeGreaterThan(0);
  });

  test('one that got no answer at all is left as it is', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    answers.delete(1);
    await refresh();
    expect(row(app, pull)).toEqual(pull);
  });
});

describe('which pull requests count', () => {
  test('twenty go into one request, of this host only and of tasks that are not done', async () => {
    const { requests, add, refresh } = start();
    for (let count = 0; count < 45; count += 1) add('in_review');
    add('done');
    await refresh();
    expect(requests.map((refs) => refs.length)).toEqual([20, 20, 5]);
    expect(requests[0]?.[0]).toMatchObject({
      nodeId: 'PR_acme/app_1',
      repository: 'acme/app',
      number: 1,
    });
    const other = start();
    other.add('in_review');
    await refreshPullRequests.run(other.app, { host: 'git.example.org' });
    expect(other.requests).toEqual([]);
  });

  test('one of an earlier run of the task neither moves nor ends the new one', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review');
    const old = app.store.sessions.openOf(1);
    moveSession(app.store, old?.id ?? '', { state: 'closed' });
    app.clock.advance(60_000);
    addSession(app, { id: 1 }, { branch: 'task/a-task-1' });
    app.store.write(() =>
      app.store.tasks.setStatus(
        1,
        'in_review',
        'working',
        {},
        { kind: 'x', source: 'claustre', at: app.clock.iso() },
      ),
    );
    answers.set(1, reading(1, { state: 'merged', mergeCommit: 'm' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.state]).toEqual(['working', 'merged']);
  });

  test('one that a tool named but whose head is another branch never moves the task', async () => {
    const { app, answers, add, refresh } = start();
    const pull = add('in_review', null);
    answers.set(1, reading(1, { head: 'somebody/else', state: 'merged' }));
    await refresh();
    expect([status(app, pull), row(app, pull)?.head]).toEqual(['in_review', 'somebody/else']);
  });

  test('of several the task follows the newest', async () => {
    const { app, answers, add, refresh } = start();
    const first = add('in_review');
    const { id: _id, ...address } = first;
    app.store.write(() =>
      app.store.pullRequests.add(
        { ...address, number: 2, nodeId: 'PR_2' },
        { kind: 'pull_request.add', source: 'hook', at: app.clock.iso() },
      ),
    );
    answers.set(1, reading(1, { state: 'merged' }));
    answers.set(2, reading(2, { head: 'task/a-task-1', mergeable: 'conflicting' }));
    await refresh();
    await refresh();
    expect(status(app, first)).toBe('conflict');
  });

  test('a task that was removed while GitHub was asked is no trouble', async () => {
    const { app, world, add, refresh } = start();
    add('in_review');
    world.refusal = null;
    const { readPullRequests } = app.gh;
    app.gh = notExpected<App['gh']>('gh', {
      readPullRequests: (...args) => {
        app.store.write(() =>
          app.store.tasks.remove(1, { kind: 'task.remove', source: 'person', at: app.clock.iso() }),
        );
        return readPullRequests(...args);
      },
    });
    expect((await refresh()).trouble).toBeNull();
  });
});

test('a pull request of which only the address is known is pinned by its first reading', async () => {
  const { app, add, refresh } = start();
  const pull = add('in_review', null);
  const github = ghStandIn({
    pullRequests: [
      {
        repository: 'acme/app',
        number: 1,
        head: 'task/a-task-1',
        headCommit: 'aaa',
        checks: [{ name: 'build' }],
      },
    ],
  });
  app.gh = createGh({ run: runCommand, env: github.env, cwd: '/' });
  await refresh();
  expect(row(app, pull)).toMatchObject({
    nodeId: 'PR_acme/app_1',
    head: 'task/a-task-1',
    checks: 'pending',
  });
  await refresh();
  expect(github.calls().at(-1)?.variables).toEqual({ ids: ['PR_acme/app_1'] });
});
