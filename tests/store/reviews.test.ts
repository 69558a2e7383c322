import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { openStore } from '#store/store.ts';
import { AT, addProject, addTask } from '../support/builders.ts';
import { aCheck } from '../support/reading.ts';
import { tempDir } from '../support/temp-dir.ts';

const event = { kind: 'test', source: 'supervisor', at: AT } as const;

function shelf() {
  const store = openStore(join(tempDir(), 'claustre.db'));
  onTestFinished(() => store.close());
  addProject(store);
  addTask(store);
  addTask(store);
  const address = { taskId: 1, host: 'github.com', repository: 'acme/app', number: 7, url: 'u' };
  const blank = unreadPullRequest({ ...address, createdAt: AT });
  const pullRequest = store.write(() => store.pullRequests.add(blank, event));
  return { store, pullRequest };
}

const ROUND: Omit<Round, 'id'> = {
  taskId: 1,
  pullRequestId: 1,
  kind: 'fix',
  evidence: [{ kind: 'check', key: 'c:lint', title: 'lint' }],
  headCommit: 'c',
  startedAt: 5,
  sentAt: null,
  endedAt: null,
  outcome: null,
  note: null,
  costUsd: null,
};

test('a round comes back as it was, and a task has one that has not ended', () => {
  const { store } = shelf();
  const round = store.write(() => store.rounds.add(ROUND, event));
  expect(store.rounds.openOf(1)).toEqual(round);
  expect(() => store.write(() => store.rounds.add(ROUND, event))).toThrow();
  const end = { sentAt: 6, endedAt: 7, outcome: 'pushed', costUsd: 0.5 } as const;
  store.write(() => store.rounds.update(round.id, end, event));
  expect([store.rounds.openOf(1), store.rounds.open()]).toEqual([null, []]);
  const next = store.write(() => store.rounds.add({ ...ROUND, kind: 'review' }, event));
  expect(store.rounds.of(1)).toEqual([{ ...round, ...end }, next]);
  expect(store.rounds.latest()).toEqual([next]);
  expect(store.snapshot().rounds.get(1)).toEqual(next);
  expect(store.snapshot().roundCounts.get(1)).toBe(1);
  store.write(() => store.rounds.update(next.id, { endedAt: 9 }, null));
  store.write(() => store.rounds.add({ ...ROUND, kind: 'review' }, event));
  expect(store.rounds.counts()).toEqual(new Map([[1, 2]]));
});

test('rounds of the review loop count since a person turned it on, those that were stopped never', () => {
  const { store, pullRequest } = shelf();
  const edited = Date.parse(AT);
  const add = (changes: Partial<Round>) =>
    store.write(() =>
      store.rounds.add({ ...ROUND, kind: 'review', endedAt: 9, ...changes }, event),
    );
  const used = () => store.rounds.spent().get(pullRequest.id);
  add({ startedAt: edited - 1, outcome: 'pushed' });
  add({ startedAt: edited, outcome: 'unchanged' });
  add({ startedAt: edited + 1, outcome: 'stopped' });
  add({ startedAt: edited + 2, pullRequestId: null });
  expect(used()).toMatchObject({ rounds: 0, unsent: 0, ms: 0, costUsd: 0, reviewRounds: 2 });
  const edit = { kind: 'task.edit', at: AT, taskId: 1 } as const;
  store.write(() =>
    store.events.append({ ...edit, source: 'person', data: { fields: ['title'] } }),
  );
  expect(used()?.reviewRounds).toBe(2);
  store.write(() => store.events.append({ ...edit, source: 'person', data: { fields: ['loop'] } }));
  expect(used()?.reviewRounds).toBe(1);
  expect(store.rounds.pushedAt()).toEqual(new Map([[pullRequest.id, 9]]));
});

test('what reviewers said is read again without forgetting what became of it', () => {
  const { store, pullRequest } = shelf();
  const said = {
    author: 'ada',
    bot: false,
    trust: 'trusted',
    body: 'Why?',
    edited: false,
  } as const;
  const reading = {
    id: 'T_1',
    kind: 'thread',
    statements: [{ ...said, id: 'C_1', at: AT, url: null }],
    state: null,
    path: 'ä.ts',
    line: 3,
    url: 'https://github.com/acme/app/pull/7#r1',
    resolved: false,
    outdated: true,
  } as const;
  const as = (more: Partial<Feedback> = {}): Feedback => ({
    ...reading,
    statements: [...reading.statements],
    pullRequestId: 1,
    roundId: null,
    decidedFor: null,
    verdict: null,
    reason: null,
    replyId: null,
    answeredAt: null,
    ...more,
  });
  const read = (...readings: Parameters<typeof store.feedback.replace>[1][number][]) =>
    store.write(() => store.feedback.replace(pullRequest.id, readings, event));
  read({ ...reading, statements: [...reading.statements] });
  expect(store.feedback.of(pullRequest.id)).toEqual([as()]);
  const decision = { decidedFor: 'C_1', verdict: 'fixed', reason: 'It was wrong.' } as const;
  store.write(() => store.feedback.decide(pullRequest.id, 'T_1', decision, event));
  read({ ...reading, statements: [...reading.statements], resolved: true });
  expect(store.feedback.find(pullRequest.id, 'T_1')).toEqual(as({ ...decision, resolved: true }));
  expect(store.snapshot().feedback.get(pullRequest.id)).toHaveLength(1);
  read();
  expect(store.feedback.of(pullRequest.id)).toEqual([]);
});

test('hosts and overlaps are what was read last', () => {
  const { store } = shelf();
  const host = {
    host: 'github.com',
    login: 'ada',
    budgetLimit: 5000,
    remaining: 4000,
    resetsAt: AT,
    used: 7,
    usedSince: AT,
    readAt: AT,
    nextAt: null,
    trouble: null,
    troubleSince: null,
    pausedUntil: null,
  };
  store.write(() => store.hosts.set({ ...host, used: 1 }));
  store.write(() => store.hosts.set(host));
  expect(store.hosts.all()).toEqual([host]);
  expect(store.hosts.find('GitHub.com')).toEqual(host);
  const overlap = { taskId: 1, otherId: 2, files: ['a'], conflicts: null, readAt: AT };
  store.write(() => store.overlaps.replace([overlap]));
  expect(store.overlaps.of(2)).toEqual([overlap]);
  expect(store.snapshot()).toMatchObject({ hosts: [host], overlaps: [overlap] });
  store.write(() => store.overlaps.replace([]));
  expect(store.overlaps.all()).toEqual([]);
});

test('which pull request is followed is the newest of its task, unless it was merged', () => {
  const { store, pullRequest } = shelf();
  const { pullRequests } = store;
  const another = (taskId: number, number: number, state: 'open' | 'closed' | 'merged') => {
    const address = { taskId, host: 'github.com', repository: 'acme/app', number, url: 'u' };
    const blank = unreadPullRequest({ ...address, createdAt: AT });
    return store.write(() => pullRequests.add({ ...blank, state }, event));
  };
  expect(pullRequests.followed()).toEqual([pullRequest]);
  const closed = another(1, 8, 'closed');
  another(2, 9, 'open');
  another(2, 10, 'merged');
  expect(pullRequests.followed()).toEqual([closed]);
  expect(pullRequests.unlanded()).toMatchObject([{ number: 10 }]);
});

test('of what was merged the single checks are not read with everything', () => {
  const { store, pullRequest } = shelf();
  const { pullRequests } = store;
  const check = aCheck('lint', 'SUCCESS', { workflow: 'CI', required: true });
  store.write(() => pullRequests.update(pullRequest.id, { checkRuns: [check] }, event));
  expect(pullRequests.latest()).toMatchObject([{ checkRuns: [check] }]);
  store.write(() => pullRequests.update(pullRequest.id, { state: 'merged' }, event));
  expect(pullRequests.latest()).toMatchObject([{ state: 'merged', checkRuns: [] }]);
  expect(pullRequests.of(1)?.checkRuns).toEqual([check]);
});
