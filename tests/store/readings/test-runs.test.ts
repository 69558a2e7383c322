import { expect, test } from 'vitest';
import type { TestRun } from '#domain/proof/test-run.ts';
import { addProject, addSession, addTask, moveSession } from '../../support/builders.ts';
import { ownStore } from '../../support/own-store.ts';

function run(id: string, changes: Partial<TestRun> = {}): TestRun {
  return {
    ...{ id, command: 'npm test', masked: false, startedAt: 5, endedAt: null, editedSince: false },
    ...{ outcome: 'unknown', passed: null, failed: null },
    ...changes,
  };
}

function shelf() {
  const { store } = ownStore();
  addProject(store);
  const task = addTask(store);
  return { store, task, session: addSession(store, { taskId: task.id }) };
}

test('a run comes back as it was, first without and then with its end', () => {
  const { store, task, session } = shelf();
  const { testRuns } = store;
  store.write(() => testRuns.record(session.id, [run('a')]));
  expect(testRuns.openOf(session.id)).toEqual([run('a')]);
  const ended = run('a', { endedAt: 9, outcome: 'failed', passed: 3, failed: 1 });
  store.write(() => testRuns.record(session.id, [ended]));
  expect(testRuns.openOf(session.id)).toEqual([]);
  expect(testRuns.of(session.id)).toEqual([ended]);
  const later = run('b', { startedAt: 10, endedAt: 11 });
  const other = run('c', { command: 'make test', startedAt: 7, endedAt: 8 });
  const runs = [later, other, run('d', { startedAt: 20 })];
  store.write(() => testRuns.record(session.id, runs));
  expect(store.snapshot().testRuns).toEqual(new Map([[task.id, [other, later]]]));
  moveSession(store, session.id, { state: 'closed' });
  expect(store.snapshot().testRuns.size).toBe(0);
});

test('what was edited later is remembered, also when the end is read after it', () => {
  const { store, session } = shelf();
  store.write(() => {
    store.testRuns.record(session.id, [run('a'), run('b', { startedAt: 8 })]);
    store.testRuns.edited(session.id, 7);
    store.testRuns.record(session.id, [run('a', { endedAt: 9 })]);
  });
  expect(store.testRuns.of(session.id).map(({ editedSince }) => editedSince)).toEqual([
    true,
    false,
  ]);
});

test('only the last ones are kept', () => {
  const { store, session } = shelf();
  const runs = Array.from({ length: 60 }, (_, at) => run(`r${at}`, { startedAt: at }));
  store.write(() => store.testRuns.record(session.id, runs));
  const kept = store.testRuns.of(session.id);
  expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([40, 'r20', 'r59']);
});
