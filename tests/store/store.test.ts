import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { openStore, type Store } from '#store/store.ts';
import {
  AT,
  addProject,
  addSession,
  addTask,
  aProject,
  aSession,
  aTask,
  moveSession,
} from '../support/builders.ts';
import { failing, NOTHING_MORE } from '../support/reading.ts';
import { ASKS_QUESTIONS, aRequest } from '../support/requests.ts';
import { tempDir } from '../support/temp-dir.ts';

function freshStore(): Store {
  return openStore(join(tempDir(), 'claustre.db'));
}

const event = { kind: 'test.change', source: 'person', at: AT } as const;

describe('what is written comes back as it was', () => {
  test('a project, with and without a forge', () => {
    const store = freshStore();
    const one = addProject(store);
    const two = addProject(store, { name: 'b', path: '/b', forge: null, remote: null });
    expect(store.projects.find(one.id)).toEqual(one);
    expect(store.projects.findByName('b')).toEqual(two);
    expect(store.projects.findByPath('/b')).toEqual(two);
    expect(store.projects.all()).toEqual([one, two]);
    store.close();
  });

  test('a task with its steps and dependencies', () => {
    const store = freshStore();
    addProject(store);
    const first = addTask(store);
    const task = addTask(store, { loop: true, prompt: 'Größe 👩‍🚀\u0000 "x"', held: 'killed' });
    store.write(() => {
      store.tasks.setSubtasks(task.id, ['a', 'b'], event);
      store.tasks.setAfter(task.id, [first.id, first.id], event);
    });
    expect(store.tasks.find(task.id)).toEqual(task);
    expect(store.tasks.subtasks(task.id).map((each) => each.text)).toEqual(['a', 'b']);
    expect(store.tasks.after(task.id)).toEqual([toAfter(first.id)]);
    expect(store.tasks.openBefore(task.id)).toEqual([toAfter(first.id)]);
    store.close();
  });

  test('steps that stay keep that they are done', () => {
    const store = freshStore();
    addProject(store);
    const task = addTask(store);
    store.write(() => store.tasks.setSubtasks(task.id, ['a', 'b'], event));
    const [a] = store.tasks.subtasks(task.id);
    store.write(() => store.tasks.setSubtaskDone(a?.id ?? 0, true, event));
    store.write(() => store.tasks.setSubtasks(task.id, ['c', 'a'], event));
    expect(store.tasks.subtasks(task.id).map(({ text, done }) => ({ text, done }))).toEqual([
      { text: 'c', done: false },
      { text: 'a', done: true },
    ]);
    store.close();
  });

  test('a session with all its parts', () => {
    const store = freshStore();
    addProject(store);
    addTask(store);
    const session = addSession(store, {
      todos: [{ id: '1', subject: 's', done: true }],
      turnBehind: true,
      turnEndedAt: 7,
      contextPercent: 16.5,
    });
    expect(store.sessions.find(session.id)).toEqual(session);
    expect(store.sessions.openOf(1)).toEqual(session);
    moveSession(store, session.id, { state: 'closed', closedAt: AT });
    expect(store.sessions.openOf(1)).toBeNull();
    expect(store.sessions.lastOf(1)?.state).toBe('closed');
    store.close();
  });

  test('a request, with its answer, oldest first', () => {
    const store = freshStore();
    addProject(store);
    addTask(store);
    const { id: sessionId } = addSession(store);
    const answer = { behavior: 'allow', answers: { 'Which db?': 'SQLite' } } as const;
    const late = aRequest({ id: 'late', sessionId, askedAt: 2, answer }, ASKS_QUESTIONS);
    const early = aRequest({ id: 'early', sessionId, askedAt: 1, agent: 'a1', waiter: null });
    store.write(() => {
      store.requests.add(late);
      store.requests.add(early);
    });
    expect(store.requests.open()).toEqual([early, late]);
    expect(store.snapshot().requests).toEqual([early, late]);
    expect(store.requests.find('late')).toEqual(late);
    store.write(() => store.requests.close('late', 3, 'answered'));
    expect(store.requests.openOf(sessionId)).toEqual([early]);
    expect(store.requests.find('late')).toMatchObject({ closedAt: 3, questions: [], waiter: null });
    store.close();
  });

  test('a pull request', () => {
    const store = freshStore();
    addProject(store);
    addTask(store);
    const facts: Omit<PullRequest, 'id'> = {
      taskId: 1,
      ...NOTHING_MORE,
      feedbackRead: null,
      mergeStopped: 'queue',
      headSeenAt: AT,
      conflictSeen: 'c b',
      nodeId: 'PR_1',
      host: 'github.com',
      repository: 'acme/app',
      number: 7,
      url: 'https://github.com/acme/app/pull/7',
      state: 'open',
      draft: true,
      base: 'main',
      head: 'b',
      headCommit: 'c',
      mergeCommit: null,
      checks: 'failed',
      checkRuns: failing('lint'),
      review: null,
      mergeable: null,
      mergeState: 'blocked',
      createdAt: AT,
      readAt: null,
      staleReason: null,
      mergedAt: null,
      landedAt: null,
    };
    const added = store.write(() => store.pullRequests.add(facts, event));
    expect(store.pullRequests.of(1)).toEqual(added);
    expect(store.pullRequests.open()).toEqual([added]);
    store.close();
  });
});

describe('a change', () => {
  test('and its event are written together or not at all', () => {
    const store = freshStore();
    addProject(store);
    const task = addTask(store);
    expect(() =>
      store.write(() => {
        store.tasks.update(task.id, { title: 'changed' }, event);
        throw new Error('the power went');
      }),
    ).toThrow('the power went');
    expect(store.tasks.find(task.id)?.title).toBe('Fix the login');
    expect(store.events.ofTask(task.id, 10).map((each) => each.kind)).toEqual(['test']);
    store.write(() => store.tasks.update(task.id, { title: 'changed' }, event));
    expect(store.events.ofTask(task.id, 10).map((each) => each.kind)).toContain('test.change');
    store.close();
  });

  test('of a status happens only from the status that was read', () => {
    const store = freshStore();
    addProject(store);
    const task = addTask(store);
    const set = (from: 'pending' | 'done') =>
      store.write(() => store.tasks.setStatus(task.id, from, 'working', {}, event));
    expect(set('done')).toBe(false);
    expect(set('pending')).toBe(true);
    expect(store.events.ofTask(task.id, 1)[0]?.data).toEqual({ from: 'pending', to: 'working' });
    store.close();
  });

  test('reported twice under one uid counts once', () => {
    const store = freshStore();
    expect(store.write(() => store.events.append({ ...event, uid: 'u' }))).not.toBeNull();
    expect(store.write(() => store.events.append({ ...event, uid: 'u' }))).toBeNull();
    expect(store.events.has('u')).toBe(true);
    store.close();
  });
});

test('a task has at most one open session', () => {
  const store = freshStore();
  addProject(store);
  addTask(store);
  addSession(store);
  expect(() => addSession(store)).toThrow(/UNIQUE/);
  store.close();
});

test('a removed task takes its rows along and its events stay', () => {
  const store = freshStore();
  addProject(store);
  const task = addTask(store);
  addSession(store);
  store.write(() => store.tasks.remove(task.id, { ...event, kind: 'task.remove' }));
  expect(store.sessions.open()).toEqual([]);
  expect(store.events.ofTask(task.id, 10).at(-1)?.kind).toBe('task.remove');
  const next = addTask(store, aTask());
  expect(next.id).toBeGreaterThan(task.id);
  store.close();
});

test('the snapshot shows projects, tasks, sessions and what tasks wait for', () => {
  const store = freshStore();
  const project = addProject(store, aProject());
  const first = addTask(store);
  const second = addTask(store);
  const session = addSession(store, aSession({ taskId: first.id }));
  store.write(() => {
    store.tasks.setAfter(second.id, [first.id], event);
    store.tasks.setSubtasks(second.id, ['a', 'b'], event);
  });
  const snapshot = store.snapshot();
  expect(snapshot.projects).toEqual([project]);
  expect(snapshot.sessions.get(first.id)).toEqual(session);
  expect(snapshot.tasks.find((task) => task.id === second.id)).toMatchObject({
    subtasks: 2,
    subtasksDone: 0,
    openBefore: [toAfter(first.id)],
  });
  expect(snapshot.tasks[0]).not.toHaveProperty('prompt');
  store.close();
});
