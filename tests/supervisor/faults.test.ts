import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import type { Gh } from '#adapters/gh/gh.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { TaskStatus } from '#domain/task.ts';
import { pullRequestsDuty } from '#supervisor/pull-requests.ts';
import { addProject, addSession, addTask, fakeApp } from '../support/fake-app.ts';
import { ghStandIn } from '../support/gh-stand-in.ts';
import { patientLanes } from '../support/patient-lanes.ts';

const BRANCH = 'task/a-task-1';
const ADDRESS = { host: 'github.com', repository: 'acme/app', number: 1 };
const URL = 'https://github.com/acme/app/pull/1';

/** A task and the supervisor's look at GitHub, through the real adapter and a gh that fails as it is told. */
function stage(status: TaskStatus, { clockIsWrong = false } = {}) {
  const github = ghStandIn({
    pullRequests: [
      {
        ...{ repository: 'acme/app', number: 1, head: BRANCH, headCommit: 'tip' },
        createdAt: '2030-01-01T00:00:00Z',
        checks: [{ name: 'test', status: 'COMPLETED', conclusion: 'SUCCESS' }],
      },
    ],
  });
  const state = { branch: BRANCH, head: 'tip', changed: 0, untracked: 0, ahead: 1, unpushed: 0 };
  const app = fakeApp({ git: { inspectWorktree: async () => state } });
  const gh: Gh = createGh({
    ...{ run: runCommand, env: github.env, cwd: '/' },
    now: () => app.clock.now(),
  });
  app.gh = gh;
  // The stand-in tells the end of a limit by the real time.
  if (!clockIsWrong) app.clock.advance(Date.now() - app.clock.now());
  const task = addTask(app, addProject(app), { status });
  const session = { branch: BRANCH, promptedAt: app.clock.now(), turnEndedAt: app.clock.now() + 1 };
  addSession(app, task, session);
  app.clock.advance(1_000);
  const duty = pullRequestsDuty(app, patientLanes());
  const facts = () => {
    const known = app.store.pullRequests.of(task.id);
    const { state, checks, mergeable, headCommit } = known ?? {};
    return { status: app.store.tasks.find(task.id)?.status, state, checks, mergeable, headCommit };
  };
  const stale = () => app.store.pullRequests.of(task.id)?.staleReason ?? null;
  /** Lets the clock run for so long, waking the duty whenever it wants. */
  const pass = async (ms: number): Promise<void> => {
    const until = app.clock.now() + ms;
    while (app.clock.now() < until) {
      const wait = await duty.run();
      app.clock.advance(Math.min(Math.max(wait, 250), until - app.clock.now()));
    }
    await duty.run();
  };
  const told = () => app.store.events.ofTask(task.id, 100).map(({ kind }) => kind);
  const asked = () => github.calls().length;
  return { app, github, task, facts, stale, pass, told, asked };
}

const MODES: [mode: string, reason: RegExp][] = [
  ['401', /does not accept gh's login/],
  ['403', /not accessible by personal access token/],
  ['404', /refused: Not Found\.$/],
  ['500', /trouble of its own/],
  ['502', /trouble of its own/],
  ['503', /trouble of its own/],
  ['sso', /single sign-on/],
  ['too_big', /could not answer in time/],
  ['graphql_error', /GitHub could not read it: Something went/],
  ['garbage', /was not GitHub/],
  ['offline', /cannot be reached/],
  ['drop', /cannot be reached/],
  ['rate_limit', /hourly request limit of github.com is used up until/],
  ['secondary', /asks for a pause between requests until/],
];

describe('while GitHub fails', () => {
  test.each(MODES)(
    'with %s nothing changes but the reason, and it recovers',
    async (mode, reason) => {
      const { app, github, task, facts, stale, pass, told, asked } = stage('in_review');
      const at = app.clock.iso();
      const row = unreadPullRequest({ taskId: task.id, ...ADDRESS, url: URL, createdAt: at });
      const event = { kind: 'pull_request.add', source: 'hook' as const, at };
      app.store.write(() => app.store.pullRequests.add(row, event));
      await pass(1_000);
      const known = {
        status: 'in_review',
        state: 'open',
        checks: 'passed',
        mergeable: 'mergeable',
      };
      expect(facts()).toMatchObject(known);
      const events = told();
      const before = asked();
      github.set({ mode });
      await pass(60_000);
      expect(facts()).toMatchObject(known);
      expect(stale()).toMatch(reason);
      expect(stale()).not.toMatch(/\p{Cc}/u);
      expect(told()).toEqual(events);
      // Ever less often: after the failure that was met, 5, 15 and 60 seconds.
      expect(asked() - before).toBeLessThanOrEqual(6);
      github.set({ mode: null });
      await pass(mode === 'rate_limit' ? 11 * 60_000 : 6 * 60_000);
      expect(stale()).toBeNull();
      expect(facts()).toMatchObject(known);
      expect(told()).toEqual(events);
    },
  );

  test('of one that is found at last the task is in review, once', async () => {
    const { app, github, task, facts, pass, told } = stage('working');
    for (const mode of ['500', 'garbage', 'drop', '401']) {
      github.set({ mode });
      await pass(20_000);
      expect(facts().status).toBe('working');
      expect(app.store.pullRequests.of(task.id)).toBeNull();
    }
    github.set({ mode: null });
    await pass(6 * 60_000);
    expect(facts()).toMatchObject({ status: 'in_review', state: 'open', checks: 'passed' });
    expect(told().filter((kind) => kind === 'pull_request.add')).toHaveLength(1);
    expect(told().filter((kind) => kind === 'task.deliver')).toHaveLength(1);
  });

  test('a limit that ends in months, by a clock that is wrong, holds for an hour at most', async () => {
    const { github, facts, pass } = stage('working', { clockIsWrong: true });
    github.set({ mode: 'rate_limit' });
    await pass(60_000);
    github.set({ mode: null });
    await pass(30 * 60_000);
    expect(facts().status).toBe('working');
    await pass(36 * 60_000);
    expect(facts().status).toBe('in_review');
  });

  test('a limit is not met again before its time is over', async () => {
    const { app, github, task, pass, asked } = stage('in_review');
    const at = app.clock.iso();
    const row = unreadPullRequest({ taskId: task.id, ...ADDRESS, url: URL, createdAt: at });
    const event = { kind: 'pull_request.add', source: 'hook' as const, at };
    app.store.write(() => app.store.pullRequests.add(row, event));
    github.set({ mode: 'secondary' });
    const before = asked();
    await pass(80_000);
    expect(asked() - before).toBe(1);
  });
});
