import { expect, test } from 'vitest';
import { AT, addProject, addTask } from '../support/builders.ts';
import { ownStore } from '../support/own-store.ts';

const event = { kind: 'test', source: 'person', at: AT } as const;

test('the switch of the queue is one row, and says who paused it', () => {
  const { store } = ownStore();
  store.write(() => store.queue.set({ pausedAt: AT, pauseReason: 'by hand' }, event));
  expect(store.queue.read()).toEqual({ pausedAt: AT, pauseReason: 'by hand' });
  expect(store.snapshot().queue.pausedAt).toBe(AT);
});

test('criteria keep their verdict as long as their words stay', () => {
  const { store } = ownStore();
  addProject(store);
  const { id } = addTask(store);
  store.write(() => store.tasks.setCriteria(id, ['builds', 'is fast'], event));
  const [first] = store.tasks.criteria(id);
  if (first === undefined) throw new Error('no criterion');
  store.write(() =>
    store.tasks.setVerdict({ ...first, verdict: 'met', evidence: 'ran it' }, event),
  );
  store.write(() => store.tasks.setCriteria(id, ['is small', 'builds'], event));
  expect(store.tasks.criteria(id).map(({ text, verdict }) => [text, verdict])).toEqual([
    ['is small', null],
    ['builds', 'met'],
  ]);
});

test('of the runs of a gate the newest counts, until the task is done', () => {
  const { store } = ownStore();
  addProject(store);
  const { id } = addTask(store);
  const run = { taskId: id, sessionId: 's', gate: 'test', command: 'npm test', headCommit: 'c' };
  const add = (startedAt: number) => store.gateRuns.add({ ...run, clean: true, startedAt });
  const end = { endedAt: 9, exitCode: 1, note: null, log: '/log' };
  store.write(() => store.gateRuns.end({ ...add(1), ...end, outcome: 'failed' }, event));
  store.write(() => store.gateRuns.end({ ...add(2), ...end, outcome: 'passed' }, event));
  expect(store.gateRuns.latest().get(id)).toMatchObject([{ startedAt: 2, outcome: 'passed' }]);
  expect(store.gateRuns.of(id)).toHaveLength(2);
});

test('raises of budgets keep their reasons', () => {
  const { store } = ownStore();
  const raise = {
    scope: 'day',
    taskId: null,
    projectId: null,
    usd: 5,
    reason: 'release',
    at: AT,
  } as const;
  store.write(() => store.budgetRaises.add(raise, event));
  expect(store.budgetRaises.all()).toMatchObject([{ scope: 'day', usd: 5, reason: 'release' }]);
});
