import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Activity, ActivityName } from '#domain/activity.ts';
import { openStore, type Store } from '#store/store.ts';
import { AT, addProject, addSession, addTask, moveSession } from '../../support/builders.ts';
import { tempDir } from '../../support/temp-dir.ts';

function stage() {
  const store = openStore(join(tempDir(), 'claustre.db'));
  onTestFinished(() => store.close());
  addProject(store);
  const task = addTask(store);
  const session = addSession(store, { taskId: task.id });
  start(store, task.id, session.id);
  return { store, task, session };
}

function start(store: Store, taskId: number, sessionId: string): void {
  const attempt = { taskId, sessionId, purpose: 'work', claudeSessionId: 'c' } as const;
  store.write(() => store.attempts.start({ ...attempt, startedAt: AT }));
}

const RISKS = [{ path: 'yarn.lock', why: 'pins what is installed' }];
const WORK = {
  head: 'head',
  ahead: 3,
  behind: null,
  files: 2,
  added: 10,
  deleted: 0,
  cut: true,
  readAt: 1_000,
};

describe('how far a session is', () => {
  test('is unknown until it was read, and each part for itself', () => {
    const { store, session, task } = stage();
    expect(store.progress.of(session.id)).toEqual({ work: null, risks: null, doing: null });
    expect(store.snapshot().progress.size).toBe(0);
    store.write(() => store.progress.setDoing(session.id, { text: 'Bash: ls', since: 5 }));
    expect(store.progress.of(session.id)).toEqual({
      work: null,
      risks: null,
      doing: { text: 'Bash: ls', since: 5 },
    });
    store.write(() => {
      store.progress.setWork(session.id, WORK, RISKS);
      store.progress.setDoing(session.id, null);
    });
    expect(store.snapshot().progress).toEqual(
      new Map([[task.id, { work: WORK, risks: RISKS, doing: null }]]),
    );
  });

  test('is shown of open sessions only', () => {
    const { store, session } = stage();
    store.write(() => store.progress.setWork(session.id, WORK, RISKS));
    moveSession(store, session.id, { state: 'closed' });
    expect(store.snapshot().progress.size).toBe(0);
  });

  test('goes with its task, but what was read stays known', () => {
    const { store, session, task } = stage();
    const read = {
      path: '/t.jsonl',
      sessionId: session.id,
      readBytes: 9,
      recent: [],
      repeated: null,
    };
    store.write(() => {
      store.progress.setWork(session.id, WORK, RISKS);
      store.progress.setTranscript(read);
    });
    expect(store.progress.transcript('/t.jsonl')).toEqual(read);
    store.write(() => store.tasks.remove(task.id, { kind: 'test', source: 'person', at: AT }));
    expect(store.progress.of(session.id).work).toBeNull();
    expect(store.progress.transcript('/t.jsonl')).toEqual(read);
  });
});

test('tokens since the last change add up, and begin anew with a change or a prompt', () => {
  const { store, session } = stage();
  const tokens = () => store.progress.headway(session.id, null).freshTokens;
  expect(tokens()).toBe(0);
  store.write(() => store.progress.addFresh(session.id, 10, false));
  store.write(() => store.progress.addFresh(session.id, 5, false));
  expect(tokens()).toBe(15);
  store.write(() => store.progress.addFresh(session.id, 3, true));
  expect(tokens()).toBe(3);
  store.write(() => store.progress.noteChange(session.id, 7));
  store.write(() => store.progress.noteChange(session.id, null));
  expect(store.progress.headway(session.id, null)).toMatchObject({
    ...{ freshTokens: 0, committedAt: 7 },
  });
});

test('tokens are added to the newest attempt of a session, also after it ended', () => {
  const { store, session, task } = stage();
  store.write(() => store.attempts.addTokens(session.id, { input: 100, output: 5 }));
  store.write(() => store.attempts.end(session.id, AT, 'ended'));
  store.write(() => store.attempts.addTokens(session.id, { input: 1, output: 1 }));
  start(store, task.id, session.id);
  store.write(() => store.attempts.addTokens(session.id, { input: 1_000, output: 50 }));
  expect(store.attempts.usageOf(task.id)).toMatchObject({ inputTokens: 1_101, outputTokens: 56 });
  expect(store.attempts.currentOf(session.id)).toMatchObject({ inputTokens: 1_000 });
});

describe('the time that Claude worked', () => {
  const begin = Date.parse(AT);
  const activity = (name: ActivityName, minutes: number): Activity => ({
    name,
    source: 'hook',
    since: begin + minutes * 60_000,
    detail: null,
  });

  test('leaves out when it waited for somebody, and the end of the attempt ends it', () => {
    const { store, session, task } = stage();
    const set = (name: ActivityName, minutes: number) =>
      store.write(() =>
        store.sessions.update(session.id, { activity: activity(name, minutes) }, null),
      );
    const worked = () => store.attempts.usageOf(task.id).workedMs;
    expect(worked()).toBeNull();
    set('permission', 2);
    set('working', 30);
    set('idle', 33);
    expect(worked()).toBe(5 * 60_000);
    set('working', 600);
    expect(worked()).toBe(5 * 60_000);
    const end = new Date(begin + 601 * 60_000).toISOString();
    store.write(() => store.attempts.end(session.id, end, 'killed'));
    set('ended', 700);
    expect(worked()).toBe(6 * 60_000);
    expect(store.snapshot().usage.get(task.id)?.workedMs).toBe(6 * 60_000);
  });
});
