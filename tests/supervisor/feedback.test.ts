import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { hostAfter } from '#domain/pull-request/host.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { feedbackDuty } from '#supervisor/feedback.ts';
import { addProject, addTask, fakeApp } from '../support/fake-app.ts';

const SECOND = 1_000;

/** Two tasks in review on two hosts, on each of which somebody said something. */
function start(hosts = ['github.com', 'git.example.com']) {
  const asked: string[] = [];
  const state = { refused: false, silent: null as string | null };
  const app = fakeApp({
    gh: {
      async readFeedback(host) {
        asked.push(host);
        if (host === state.silent) await new Promise<never>(() => {});
        if (state.refused) return refuse(`${host} cannot be reached.`, undefined, 'environment');
        return { feedback: [], whole: true };
      },
    },
  });
  const project = addProject(app);
  const at = app.clock.iso();
  hosts.forEach((host, index) => {
    const task = addTask(app, project, { status: 'in_review' });
    const number = index + 1;
    const address = { host, repository: 'acme/app', number, url: `https://${host}/x` };
    const blank = unreadPullRequest({ taskId: task.id, ...address, createdAt: at });
    const row = { ...blank, nodeId: `PR_${number}`, feedbackMark: 'one' };
    app.store.write(() => app.store.pullRequests.add(row, { kind: 'x', source: 'hook', at }));
  });
  const trouble = (reason: string | null) =>
    app.store.write(() => {
      const word = { login: null, budget: null, trouble: reason === null ? null : { reason } };
      app.store.hosts.set(hostAfter(null, 'github.com', word, app.clock.now()));
    });
  return { app, asked, state, trouble, duty: feedbackDuty(app) };
}

test('is read once for each mark', async () => {
  const { duty, asked } = start();
  expect(await duty.run()).toBe(60 * SECOND);
  await duty.run();
  expect(asked.toSorted()).toEqual(['git.example.com', 'github.com']);
});

test('of one host is read while another does not answer', async () => {
  const { app, duty, asked, state } = start();
  state.silent = 'github.com';
  void duty.run();
  await expect.poll(() => app.store.pullRequests.of(2)?.feedbackRead).toBe('one');
  expect(asked).toEqual(['github.com', 'git.example.com']);
});

test('that could not be read is asked for again, ever less often', async () => {
  const { app, duty, asked, state } = start(['github.com']);
  state.refused = true;
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const wait = await duty.run();
    waits.push(wait / SECOND);
    app.clock.advance(wait);
  }
  expect(waits).toEqual([5, 15, 30, 60]);
  expect(asked).toHaveLength(4);
  state.refused = false;
  await duty.run();
  expect(app.store.pullRequests.of(1)?.feedbackRead).toBe('one');
});

test('is not asked for while the host is in trouble, and soon after', async () => {
  const { duty, asked, trouble } = start(['github.com']);
  trouble('Down.');
  expect(await duty.run()).toBe(SECOND);
  expect(asked).toEqual([]);
  trouble(null);
  await duty.run();
  expect(asked).toEqual(['github.com']);
});
