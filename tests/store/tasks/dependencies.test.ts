import { expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { AT, addProject, addTask } from '../../support/builders.ts';
import { ownStore } from '../../support/own-store.ts';

const event = { kind: 'test', source: 'person', at: AT } as const;

test('what waits for a green pull request waits for its facts, and again when they change', () => {
  const { store } = ownStore();
  addProject(store);
  const first = addTask(store);
  const second = addTask(store);
  const green = { id: first.id, until: 'pr_green' } as const;
  store.write(() => store.tasks.setAfter(second.id, [first.id, green], event));
  expect(store.tasks.after(second.id)).toEqual([green]);
  expect(store.tasks.dependencies(null)).toEqual([
    { taskId: second.id, afterId: first.id, until: 'pr_green' },
  ]);
  const waits = (): unknown => {
    const row = store.snapshot().tasks.find(({ id }) => id === second.id);
    expect(row?.openBefore).toEqual(store.tasks.openBefore(second.id));
    return row?.openBefore;
  };
  expect(waits()).toEqual([green]);

  const address = { host: 'github.com', repository: 'acme/app', url: 'u', createdAt: AT };
  const add = (number: number) =>
    store.write(() => {
      const row = unreadPullRequest({ taskId: first.id, number, ...address });
      return store.pullRequests.add({ ...row, checks: 'passed', mergeable: 'mergeable' }, event);
    });
  const pullRequest = add(1);
  expect(waits()).toEqual([green]);
  store.write(() => store.tasks.setStatus(first.id, 'pending', 'in_review', {}, event));
  expect(waits()).toEqual([]);
  store.write(() => store.pullRequests.update(pullRequest.id, { checks: 'failed' }, event));
  expect(waits()).toEqual([green]);
  // The newest one is the one that counts.
  add(2);
  expect(waits()).toEqual([]);
});
