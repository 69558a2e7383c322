import { describe, expect, test } from 'vitest';
import type { PullRequestRef, Readings } from '#adapters/gh/gh.ts';
import { refuse } from '#domain/error.ts';
import type { Budget } from '#domain/pull-request/host.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { noteUsage } from '#operations/host/note.ts';
import { pullRequestsDuty } from '#supervisor/pull-requests.ts';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../support/fake-app.ts';
import { aRound } from '../support/feedback.ts';
import { patientLanes } from '../support/patient-lanes.ts';
import { NOTHING_MORE } from '../support/reading.ts';

const SECOND = 1000;
const NOTE = { kind: 'x', source: 'supervisor' } as const;

function reading(number: number): PullRequestReading {
  return {
    ...NOTHING_MORE,
    nodeId: `PR_${number}`,
    number,
    url: `https://github.com/acme/app/pull/${number}`,
    state: 'open',
    draft: false,
    base: 'main',
    head: `task/a-task-${number}`,
    headCommit: 'c'.repeat(40),
    mergeCommit: null,
    checks: 'pending',
    review: null,
    mergeable: 'mergeable',
    mergeState: 'clean',
  };
}

/** An app with this many tasks in review, and a GitHub that counts what it is asked. */
function watched(count: number) {
  const requests: PullRequestRef[][] = [];
  const state: { down: boolean; until?: number; budget: Budget | null; unknown?: number } = {
    down: false,
    budget: null,
  };
  let spent: Budget | null = null;
  const app: FakeApp = fakeApp({
    gh: {
      takeUsage: () => {
        const budget = spent;
        spent = null;
        return { budget, limit: null };
      },
      readPullRequests: async (_host, refs) => {
        requests.push([...refs]);
        const { down, until } = state;
        spent = down ? null : state.budget;
        if (down) {
          const refusal = refuse('GitHub does not answer.', undefined, 'environment');
          return until === undefined ? refusal : { ...refusal, until };
        }
        const answer: Readings<PullRequestReading> = {
          found: new Map(
            refs.map((ref) => [
              ref.key,
              ref.number === state.unknown
                ? { ...reading(ref.number), mergeable: null, mergeState: null }
                : reading(ref.number),
            ]),
          ),
          failed: new Map(),
          login: 'ada',
        };
        return answer;
      },
    },
  });
  const project = addProject(app);
  const event = { kind: 'x', source: 'person', at: app.clock.iso() } as const;
  for (let number = 1; number <= count; number += 1) {
    const task = addTask(app, project, { status: 'in_review' });
    addSession(app, task, { branch: `task/a-task-${number}` });
    const address = { host: 'github.com', repository: 'acme/app', number };
    const url = reading(number).url;
    const row = unreadPullRequest({ taskId: task.id, ...address, url, createdAt: app.clock.iso() });
    app.store.write(() => app.store.pullRequests.add(row, event));
  }
  return { app, requests, state, duty: pullRequestsDuty(app, patientLanes()) };
}

describe('reading pull requests', () => {
  test('takes one request for twenty, however many projects they belong to', async () => {
    const { duty, requests } = watched(20);
    await duty.run();
    expect(requests.map((refs) => refs.length)).toEqual([20]);
  });

  test('happens at once when a round has pushed, and once', async () => {
    const { app, duty, requests } = watched(2);
    await duty.run();
    app.clock.advance(1000);
    const { id: _, ...round } = aRound({ pullRequestId: 2, taskId: 2, endedAt: app.clock.now() });
    app.store.write(() => app.store.rounds.add(round, { ...NOTE, at: app.clock.iso() }));
    await duty.run();
    await duty.run();
    expect(requests).toHaveLength(2);
  });

  test('is not repeated before it is due, and says when that is', async () => {
    const { app, duty, requests } = watched(1);
    const rest = await duty.run();
    expect(rest).toBeGreaterThan(SECOND);
    expect(rest).toBeLessThanOrEqual(12 * SECOND);
    await duty.run();
    expect(requests).toHaveLength(1);
    app.clock.advance(rest);
    await duty.run();
    expect(requests).toHaveLength(2);
  });

  test('backs off while GitHub does not answer, changes nothing, and goes on when it does', async () => {
    const { app, duty, requests, state } = watched(1);
    await duty.run();
    state.down = true;
    const waits: number[] = [];
    app.clock.advance(60 * SECOND);
    for (let round = 0; round < 3; round += 1) {
      const rest = await duty.run();
      waits.push(rest);
      app.clock.advance(rest);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(app.store.pullRequests.of(1)).toMatchObject({
      state: 'open',
      checks: 'pending',
      staleReason: 'GitHub does not answer.',
    });
    state.down = false;
    const before = requests.length;
    app.clock.advance(10 * 60 * SECOND);
    await duty.run();
    expect(requests.length).toBe(before + 1);
    expect(app.store.pullRequests.of(1)?.staleReason).toBeNull();
  });

  test('asks nothing where there is nothing to read', async () => {
    const { duty, requests } = watched(0);
    expect(await duty.run()).toBe(60 * SECOND);
    expect(requests).toEqual([]);
  });
});

test('a merge that GitHub does not compute is asked for in the other way once, after five readings', async () => {
  const { app, duty, requests, state } = watched(2);
  const asked: number[] = [];
  app.gh.readMergeability = async (_host, _repository, number) => {
    asked.push(number);
    return {
      headCommit: 'c'.repeat(40),
      baseCommit: 'b',
      mergeable: 'mergeable',
      mergeState: 'clean',
    };
  };
  state.unknown = 1;
  let rest = await duty.run();
  const waits: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    waits.push(rest / SECOND);
    app.clock.advance(rest);
    rest = await duty.run();
  }
  expect(waits.slice(0, 3)).toEqual([3, 5, 10]);
  expect(asked).toEqual([1]);
  expect(app.store.pullRequests.of(1)?.mergeable).toBe('mergeable');
  // The other one is read along only where it is due soon.
  expect(requests[1]?.map(({ number }) => number)).toEqual([1]);
});

describe('the state of a host', () => {
  const NOW_ISO = (app: FakeApp, ms = 0) => new Date(app.clock.now() + ms).toISOString();
  const budget = (app: FakeApp, remaining: number): Budget => ({
    cost: 1,
    remaining,
    limit: 5000,
    resetsAt: NOW_ISO(app, 30 * 60 * SECOND),
  });

  test('is written with when it is asked next, and while nothing begins or ends once a minute', async () => {
    const { app, duty, state } = watched(1);
    state.budget = budget(app, 4000);
    const rest = await duty.run();
    const host = () => app.store.hosts.find('github.com');
    expect(host()).toMatchObject({
      login: 'ada',
      remaining: 4000,
      used: 1,
      nextAt: NOW_ISO(app, rest),
      trouble: null,
    });
    state.budget = { ...state.budget, remaining: 3999 };
    app.clock.advance(20 * SECOND);
    await duty.run();
    expect(host()?.remaining).toBe(4000);
    app.clock.advance(40 * SECOND);
    await duty.run();
    expect(host()).toMatchObject({ remaining: 3999, used: 3 });
  });

  test('counts what other processes have used in between', async () => {
    const { app, duty, state } = watched(1);
    state.budget = budget(app, 4000);
    await duty.run();
    app.gh.takeUsage = () => ({ budget: { ...budget(app, 3990), cost: 10 }, limit: null });
    noteUsage(app, 'github.com');
    app.gh.takeUsage = () => ({ budget: budget(app, 3989), limit: null });
    app.clock.advance(60 * SECOND);
    await duty.run();
    expect(app.store.hosts.find('github.com')).toMatchObject({ used: 12, remaining: 3989 });
  });

  test('is not asked while a limit lasts that another process has met', async () => {
    const { app, duty, requests, state } = watched(1);
    await duty.run();
    app.clock.advance(59 * SECOND);
    const until = app.clock.now() + 10 * 60 * SECOND;
    const limit = { ...refuse('Limited.', undefined, 'environment'), until };
    app.gh.takeUsage = () => ({ budget: null, limit });
    noteUsage(app, 'github.com');
    expect(app.store.hosts.find('github.com')).toMatchObject({
      trouble: 'Limited.',
      pausedUntil: NOW_ISO(app, 10 * 60 * SECOND),
    });
    await duty.run();
    expect(requests).toHaveLength(1);
    app.gh.takeUsage = () => ({ budget: null, limit: null });
    app.clock.advance(10 * 60 * SECOND);
    // What GitHub still computes is read again soon.
    state.unknown = 1;
    await duty.run();
    expect(requests).toHaveLength(2);
    const short = { ...limit, until: app.clock.now() + 20 * SECOND };
    app.gh.takeUsage = () => ({ budget: null, limit: short });
    noteUsage(app, 'github.com');
    app.gh.takeUsage = () => ({ budget: null, limit: null });
    app.clock.advance(20 * SECOND);
    await duty.run();
    expect(app.store.hosts.find('github.com')).toMatchObject({ trouble: null, pausedUntil: null });
  });

  test('keeps a limit that another process has met since it was read well', async () => {
    const { app, duty, requests } = watched(1);
    await duty.run();
    app.clock.advance(59 * SECOND);
    await duty.run();
    expect(requests).toHaveLength(2);
    app.clock.advance(SECOND);
    const until = app.clock.now() + 10 * 60 * SECOND;
    const limit = { ...refuse('Limited.', undefined, 'environment'), until };
    const { takeUsage } = app.gh;
    app.gh.takeUsage = () => ({ budget: null, limit });
    noteUsage(app, 'github.com');
    app.gh.takeUsage = takeUsage;
    await duty.run();
    const paused = { trouble: 'Limited.', pausedUntil: NOW_ISO(app, 10 * 60 * SECOND) };
    expect(app.store.hosts.find('github.com')).toMatchObject(paused);
    const written = app.store.ownChanges();
    app.clock.advance(70 * SECOND);
    await duty.run();
    await duty.run();
    expect(requests).toHaveLength(2);
    expect(app.store.ownChanges() - written).toBeLessThanOrEqual(1);
    app.clock.advance(10 * 60 * SECOND);
    await duty.run();
    expect(requests).toHaveLength(3);
    expect(app.store.hosts.find('github.com')).toMatchObject({ trouble: null, pausedUntil: null });
  });

  test('is written at once when trouble begins and when it ends', async () => {
    const { app, duty, state } = watched(1);
    await duty.run();
    const host = () => app.store.hosts.find('github.com');
    state.down = true;
    app.clock.advance(12 * SECOND);
    await duty.run();
    expect(host()).toMatchObject({
      trouble: 'GitHub does not answer.',
      troubleSince: NOW_ISO(app),
    });
    state.down = false;
    app.clock.advance(5 * SECOND);
    await duty.run();
    expect(host()).toMatchObject({ trouble: null, troubleSince: null });
  });

  test('that wants a pause until a time is not asked before it', async () => {
    const { app, duty, requests, state } = watched(1);
    state.down = true;
    state.until = app.clock.now() + 20 * 60 * SECOND;
    expect(await duty.run()).toBe(60 * SECOND);
    expect(app.store.hosts.find('github.com')?.pausedUntil).toBe(NOW_ISO(app, 20 * 60 * SECOND));
    app.clock.advance(20 * 60 * SECOND - 1);
    await duty.run();
    expect(requests).toHaveLength(1);
    app.clock.advance(1);
    await duty.run();
    expect(requests).toHaveLength(2);
  });

  test('whose budget is nearly used up is left to others until the next hour', async () => {
    const { app, duty, requests, state } = watched(1);
    state.budget = budget(app, 400);
    await duty.run();
    app.clock.advance(29 * 60 * SECOND);
    await duty.run();
    expect(requests).toHaveLength(1);
    app.clock.advance(60 * SECOND);
    await duty.run();
    expect(requests).toHaveLength(2);
  });
});

test('a host that does not answer delays no other, and is asked once until it does', async () => {
  const { app } = watched(1);
  const duty = pullRequestsDuty(app);
  const task = addTask(app, { id: 1 }, { status: 'in_review' });
  const address = { host: 'git.example.com', repository: 'acme/other', number: 2 };
  const { url } = reading(2);
  const row = unreadPullRequest({ taskId: task.id, ...address, url, createdAt: app.clock.iso() });
  const event = { kind: 'x', source: 'person', at: app.clock.iso() } as const;
  app.store.write(() => app.store.pullRequests.add(row, event));
  const asked: string[] = [];
  const answer = app.gh.readPullRequests;
  let end: () => void = () => {};
  app.gh.readPullRequests = async (host, refs) => {
    asked.push(host);
    if (host === 'git.example.com') await new Promise<void>((done) => (end = done));
    return answer(host, refs);
  };
  await duty.run();
  expect(asked.toSorted()).toEqual(['git.example.com', 'github.com']);
  expect(app.store.pullRequests.of(1)?.checks).toBe('pending');
  app.clock.advance(60 * SECOND);
  await duty.run();
  expect(asked.filter((host) => host === 'github.com')).toHaveLength(2);
  expect(asked.filter((host) => host === 'git.example.com')).toHaveLength(1);
  end();
  await duty.run();
  expect(app.store.pullRequests.of(task.id)?.checks).toBe('pending');
});

test('a clock that is set back by days does not stop the readings', async () => {
  const { app, duty, requests } = watched(1);
  await duty.run();
  app.clock.advance(-3 * 24 * 60 * 60 * SECOND);
  await duty.run();
  expect(requests).toHaveLength(2);
});

describe('looking up the branch of a turn that ended', () => {
  test.each([
    ['working', {}, 1],
    ['interrupted', {}, 1],
    ['error', {}, 1],
    ['in_review', {}, 0],
    ['pending', {}, 0],
    ['working', { state: 'closing' }, 0],
  ] as const)(
    'of a task that is %s, with a session %o: %i requests',
    async (status, more, count) => {
      let requests = 0;
      const app = fakeApp({
        git: { inspectWorktree: async () => refuse('It is gone.') },
        gh: {
          findPullRequests: async () => {
            requests += 1;
            return { found: new Map([[0, null]]), failed: new Map() };
          },
        },
      });
      const task = addTask(app, addProject(app), { status, push: 'pr' });
      addSession(app, task, { turnEndedAt: app.clock.now(), ...more });
      await pullRequestsDuty(app, patientLanes()).run();
      expect(requests).toBe(count);
    },
  );
});
