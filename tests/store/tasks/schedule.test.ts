import { expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Task } from '#domain/task.ts';
import type { Store } from '#store/store.ts';
import { AT, addProject, addTask } from '../../support/builders.ts';
import { ownStore } from '../../support/own-store.ts';

const event = { kind: 'test', source: 'person', at: AT } as const;
const later = (minutes: number): string =>
  new Date(Date.parse(AT) + minutes * 60_000).toISOString();

function shop(): Store {
  const { store } = ownStore();
  addProject(store);
  return store;
}

function addPullRequest(store: Store, { id }: Task, more: object): void {
  const address = {
    host: 'github.com',
    repository: 'acme/app',
    number: id,
    url: 'u',
    createdAt: AT,
  };
  const row = { ...unreadPullRequest({ taskId: id, ...address }), ...more };
  store.write(() => store.pullRequests.add(row, event));
}

/** The minute after AT at which what the task waits for was met. */
function metMinute(store: Store, { id }: Task): number | undefined {
  const met = store.tasks.delays().get(id);
  expect(met?.after ?? []).toEqual(met === undefined ? [] : store.tasks.after(id));
  expect(store.snapshot().delays.get(id)).toEqual(met);
  return met === undefined ? undefined : (met.at - Date.parse(AT)) / 60_000;
}

test('what a delayed task waits for was met when the last of it was', () => {
  const store = shop();
  const [first, second, third] = [addTask(store), addTask(store), addTask(store)];
  const delayed = addTask(store, { delaySecs: 60 });
  expect(metMinute(store, delayed)).toBe(0);
  const after = [first.id, { id: second.id, until: 'merged' as const }];
  store.write(() => store.tasks.setAfter(delayed.id, after, event));
  const done = (task: Task, minute: number): void => {
    const completedAt = later(minute);
    store.write(() => store.tasks.setStatus(task.id, 'pending', 'done', { completedAt }, event));
  };
  done(first, 5);
  addPullRequest(store, second, { state: 'merged', mergedAt: later(7) });
  done(second, 9);
  expect(metMinute(store, delayed)).toBe(7);

  // Green is what it has been since its checks changed, not since somebody approved it.
  const green = [{ id: third.id, until: 'pr_green' as const }];
  store.write(() => store.tasks.setAfter(delayed.id, green, event));
  addPullRequest(store, third, { checks: 'passed' });
  const told = (minute: number, to: object): void =>
    void store.write(() =>
      store.events.append({ ...event, taskId: third.id, at: later(minute), data: { to } }),
    );
  told(11, { checks: 'passed' });
  told(13, { review: 'approved' });
  expect(metMinute(store, delayed)).toBe(11);
  expect(metMinute(store, first)).toBeUndefined();
});

test('a task that repeats wants its next one when it has ended, and once', () => {
  const store = shop();
  const daily = addTask(store, { every: '1d' });
  const failed = addTask(store, { every: '1d', status: 'error' });
  addTask(store, { status: 'done' });
  expect(store.tasks.toRepeat()).toEqual([failed.id]);
  store.write(() => store.tasks.setStatus(daily.id, 'pending', 'done', {}, event));
  expect(store.tasks.toRepeat()).toEqual([daily.id, failed.id]);
  const next = addTask(store, { every: '1d' });
  store.write(() => store.tasks.update(daily.id, { nextId: next.id }, event));
  expect(store.tasks.toRepeat()).toEqual([failed.id]);
  expect(store.tasks.repeated()).toEqual([{ id: next.id, beforeId: daily.id }]);
});

test('what may stand in the way of others is found', () => {
  const store = shop();
  const [plain, held, failed, draft, closed, awaited] = [
    addTask(store),
    addTask(store, { held: 'killed' }),
    addTask(store, { status: 'error' }),
    addTask(store, { status: 'draft' }),
    addTask(store, { status: 'in_review' }),
    addTask(store, { status: 'done' }),
  ];
  addPullRequest(store, closed, { state: 'closed' });
  addPullRequest(store, awaited, { state: 'open' });
  const after = [{ id: awaited.id, until: 'merged' as const }];
  store.write(() => store.tasks.setAfter(plain.id, after, event));
  expect([...store.tasks.troubled().values()]).toEqual([
    { id: held.id, status: 'pending', held: 'killed', pullRequest: null },
    { id: failed.id, status: 'error', held: null, pullRequest: null },
    { id: draft.id, status: 'draft', held: null, pullRequest: null },
    { id: closed.id, status: 'in_review', held: null, pullRequest: 'closed' },
    { id: awaited.id, status: 'done', held: null, pullRequest: 'open' },
  ]);
});
