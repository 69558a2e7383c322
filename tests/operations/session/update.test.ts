import { describe, expect, test } from 'vitest';
import type { Activity } from '#domain/activity.ts';
import type { Session } from '#domain/session.ts';
import type { TaskStatus } from '#domain/task.ts';
import { recordHook } from '#operations/session/update.ts';
import type { Store } from '#store/store.ts';
import { ownStore } from '../../support/own-store.ts';
import {
  CONVERSATION_ID,
  SESSION_ID,
  START,
  seedPullRequest,
  seedSession,
} from '../../support/seed-session.ts';

const AT = START + 120_000;
const URL_7 = 'https://github.com/acme/app/pull/7';
const URL_8 = 'https://github.com/acme/app/pull/8';

let count = 0;

function report(store: Store, event: string, more: object = {}, at = AT): boolean {
  count += 1;
  const payload = { hook_event_name: event, session_id: CONVERSATION_ID, ...more };
  return recordHook(store, { uid: `uid-${count}`, sessionId: SESSION_ID, at, payload });
}

const stop = { background_tasks: [], session_crons: [] };

function created(url: string): object {
  return {
    tool_name: 'Bash',
    tool_input: { command: 'gh pr create --fill' },
    tool_response: { stdout: `${url}\n`, stderr: '' },
  };
}

function activity(name: Activity['name'], since = START): Activity {
  return { name, source: 'hook', since, detail: null };
}

function seed(status: TaskStatus, session: Partial<Session> = {}, known: string | null = null) {
  const { store, home } = ownStore();
  const { task } = seedSession(store, {
    task: { status },
    session: { activity: activity('working'), promptedAt: START, reportedAt: START, ...session },
  });
  if (known !== null)
    seedPullRequest(store, task.id, { checks: status === 'ci_failed' ? 'failed' : null });
  return {
    store,
    home,
    taskId: task.id,
    status: () => store.tasks.find(task.id)?.status,
    session: () => store.sessions.find(SESSION_ID),
    events: () =>
      store.events
        .ofTask(task.id, 50)
        .slice(2)
        .map((event) => event.kind),
  };
}

describe('status of the task × event', () => {
  const LOST = { activity: activity('lost') };
  /** status, pull request known before, event, status after, activity after */
  const cells = [
    ['working', null, 'Stop', 'working', 'idle'],
    ['working', URL_7, 'Stop', 'in_review', 'idle'],
    ['working', null, 'Stop with a new one', 'in_review', 'idle'],
    ['working', URL_7, 'Stop with a new one', 'in_review', 'idle'],
    ['working', null, 'prompt', 'working', 'working'],
    ['working', URL_7, 'prompt', 'working', 'working'],
    ['working', null, 'idle_prompt', 'working', 'idle'],
    ['working', URL_7, 'idle_prompt', 'in_review', 'idle'],
    ['interrupted', null, 'Stop', 'working', 'idle'],
    ['interrupted', URL_7, 'Stop', 'in_review', 'idle'],
    ['interrupted', null, 'Stop with a new one', 'in_review', 'idle'],
    ['interrupted', null, 'prompt', 'working', 'working'],
    ['interrupted', null, 'idle_prompt', 'interrupted', 'lost'],
    ['in_review', URL_7, 'Stop', 'in_review', 'idle'],
    ['in_review', URL_7, 'Stop with a new one', 'in_review', 'idle'],
    ['in_review', URL_7, 'prompt', 'working', 'working'],
    ['in_review', URL_7, 'idle_prompt', 'in_review', 'idle'],
    ['conflict', URL_7, 'Stop', 'conflict', 'idle'],
    ['conflict', URL_7, 'Stop with a new one', 'conflict', 'idle'],
    ['conflict', URL_7, 'prompt', 'working', 'working'],
    ['ci_failed', URL_7, 'Stop', 'ci_failed', 'idle'],
    ['ci_failed', URL_7, 'prompt', 'working', 'working'],
    ['ci_failed', URL_7, 'idle_prompt', 'ci_failed', 'idle'],
    ['error', null, 'prompt', 'working', 'working'],
    ['error', URL_7, 'Stop', 'in_review', 'idle'],
    ['pending', null, 'Stop', 'pending', 'idle'],
    ['pending', null, 'prompt', 'pending', 'working'],
    ['done', URL_7, 'Stop', 'done', 'idle'],
    ['done', URL_7, 'prompt', 'done', 'working'],
  ] as const;

  test.each(cells)('%s, pull request %s, %s: %s and %s', (from, known, event, to, name) => {
    const it = seed(from, from === 'interrupted' ? LOST : {}, known);
    if (event === 'Stop with a new one') report(it.store, 'PostToolUse', created(URL_8), AT - 1);
    if (event.startsWith('Stop')) report(it.store, 'Stop', stop);
    if (event === 'prompt') report(it.store, 'UserPromptSubmit', { prompt: 'go on' });
    if (event === 'idle_prompt')
      report(it.store, 'Notification', { notification_type: 'idle_prompt' });
    expect(it.status()).toBe(to);
    expect(it.session()?.activity.name).toBe(name);
    if (event === 'Stop with a new one')
      expect(it.store.pullRequests.of(it.taskId)?.url).toBe(URL_8);
  });

  test.each(['push', 'local'] as const)(
    'with push mode %s the end of a turn is only marked',
    (push) => {
      const it = seed('working', {}, URL_7);
      const event = {
        kind: 'task.edit',
        source: 'person',
        at: new Date(AT).toISOString(),
      } as const;
      it.store.write(() => it.store.tasks.update(it.taskId, { push }, event));
      report(it.store, 'Stop', stop);
      expect(it.status()).toBe('working');
      expect(it.session()?.turnEndedAt).toBe(AT);
    },
  );

  test.each(['closed', 'merged'] as const)('a %s pull request delivers nothing', (state) => {
    const it = seed('working');
    seedPullRequest(it.store, it.taskId, { state });
    report(it.store, 'Stop', stop);
    expect(it.status()).toBe('working');
  });
});

test('what has to be proved is only marked by its turn, also with a pull request', () => {
  const it = seed('working', {}, URL_7);
  it.store.write(() => it.store.sessions.update(SESSION_ID, { mustProve: true }, null));
  report(it.store, 'Stop', stop, AT);
  expect(it.status()).toBe('working');
  expect(it.session()?.turnEndedAt).toBe(AT);
});

describe('a turn that failed', () => {
  const failed = { error: 'server_error', last_assistant_message: 'API Error: 529 Overloaded.' };

  test('is kept as what it failed with, until the next prompt', () => {
    const it = seed('working');
    report(it.store, 'StopFailure', failed, AT);
    expect(it.session()).toMatchObject({ failure: 'server_error', activity: { name: 'idle' } });
    report(it.store, 'UserPromptSubmit', { prompt: 'go on' }, AT + 1);
    expect(it.session()?.failure).toBeNull();
  });

  test('says nothing about the turn that runs by the time that it is reported', () => {
    const it = seed('working');
    report(it.store, 'UserPromptSubmit', { prompt: 'go on' }, AT + 1);
    report(it.store, 'StopFailure', failed, AT);
    expect(it.session()?.failure).toBeNull();
  });
});

describe('prompts and turns', () => {
  test('a resumed task is not sent back to its review while the turn runs, and is at its end', () => {
    const it = seed('in_review', {}, URL_7);
    report(it.store, 'UserPromptSubmit', { prompt: 'fix it' }, AT);
    report(it.store, 'PostToolUse', created(URL_7), AT + 1);
    expect(it.status()).toBe('working');
    report(it.store, 'Stop', stop, AT + 2);
    expect(it.status()).toBe('in_review');
    expect(it.events().filter((kind) => kind === 'pull_request.add')).toHaveLength(1);
  });

  test('a new prompt forgets the failed checks that it answers', () => {
    const it = seed('ci_failed', {}, URL_7);
    report(it.store, 'UserPromptSubmit', { prompt: 'fix the checks' });
    expect(it.store.pullRequests.of(it.taskId)).toMatchObject({ checks: null, checkRuns: [] });
  });

  test('a parked prompt that arrives after its turn ended changes no status', () => {
    const it = seed('working', {}, URL_7);
    report(it.store, 'Stop', stop, AT);
    report(it.store, 'UserPromptSubmit', { prompt: 'late' }, AT - 1_000);
    expect(it.status()).toBe('in_review');
    expect(it.session()).toMatchObject({ activity: { name: 'idle' }, promptedAt: AT - 1_000 });
  });

  test('a parked end of a turn that arrives after the next prompt delivers nothing', () => {
    const it = seed('in_review', {}, URL_7);
    report(it.store, 'UserPromptSubmit', { prompt: 'next' }, AT);
    report(it.store, 'Stop', stop, AT - 1_000);
    expect(it.status()).toBe('working');
    expect(it.session()).toMatchObject({ activity: { name: 'working' }, turnEndedAt: null });
  });

  test('background work is remembered with the end of the turn', () => {
    const it = seed('working');
    report(it.store, 'Stop', { background_tasks: [{ id: 'b' }] });
    expect(it.session()).toMatchObject({
      turnEndedAt: AT,
      turnBehind: true,
      activity: { name: 'idle' },
    });
  });

  test('a turn that failed did not end the work', () => {
    const it = seed('working', {}, URL_7);
    report(it.store, 'StopFailure', {
      error: 'server_error',
      last_assistant_message: 'API Error: 500',
    });
    expect(it.status()).toBe('working');
    expect(it.session()).toMatchObject({
      turnEndedAt: null,
      activity: { name: 'idle', detail: 'API Error: 500' },
    });
  });

  test('the text of a prompt is kept with its event, so that a sent one can be recognised', () => {
    const it = seed('working');
    report(it.store, 'UserPromptSubmit', { prompt: 'a "b"\nc' });
    expect(it.store.events.ofTask(it.taskId, 1)[0]?.data).toMatchObject({ prompt: 'a "b"\nc' });
  });
});

describe('life and end', () => {
  const lost = { activity: activity('lost', AT - 10) };

  test.each([
    ['SessionStart', { source: 'resume' }],
    ['UserPromptSubmit', { prompt: 'x' }],
    ['PostToolUse', { tool_name: 'Read', tool_input: {} }],
    ['PermissionRequest', { tool_name: 'Bash', tool_input: { command: 'x' } }],
    ['Stop', stop],
  ])('%s of an interrupted task proves that it lives', (event, more) => {
    const it = seed('interrupted', lost);
    report(it.store, event, more);
    expect(it.status()).toBe('working');
  });

  test('Claude waiting for input proves no new life, and corrects the activity', () => {
    const it = seed('interrupted');
    report(it.store, 'Notification', { notification_type: 'idle_prompt' });
    expect(it.status()).toBe('interrupted');
    expect(it.session()?.activity.name).toBe('idle');
  });

  test.each(['lost', 'idle'] as const)('a report older than %s proves nothing', (name) => {
    const it = seed('interrupted', { activity: activity(name, AT - 10) });
    report(it.store, 'PostToolUse', { tool_name: 'Read', tool_input: {} }, AT - 20);
    expect(it.status()).toBe('interrupted');
  });

  test('a farewell of Claude interrupts the task that it worked on', () => {
    const it = seed('working');
    report(it.store, 'SessionEnd', { reason: 'other' });
    expect(it.status()).toBe('interrupted');
    expect(it.session()?.activity).toMatchObject({ name: 'ended', detail: null });
  });

  test('a farewell takes no task out of its review, and an older one nothing out of its work', () => {
    const reviewed = seed('in_review', {}, URL_7);
    report(reviewed.store, 'SessionEnd', { reason: 'other' });
    expect(reviewed.status()).toBe('in_review');
    const again = seed('working', { activity: activity('working', AT + 1) });
    report(again.store, 'SessionEnd', { reason: 'other' });
    expect([again.status(), again.session()?.activity.name]).toEqual(['working', 'working']);
  });

  test('a failed setup makes the task pending and says why', () => {
    const it = seed('working', { activity: activity('starting'), reportedAt: null });
    report(it.store, 'SetupFailed', { reason: 'setup ended with exit code 3' });
    expect(it.store.tasks.find(it.taskId)).toMatchObject({
      status: 'pending',
      held: 'setup failed',
    });
    expect(it.session()).toMatchObject({
      activity: { name: 'ended', detail: 'setup ended with exit code 3' },
      reportedAt: null,
    });
  });

  test('a failed setup of an earlier launch says nothing about the one that runs', () => {
    const relaunched = seed('working', {
      activity: activity('starting', AT + 5_000),
      reportedAt: null,
    });
    report(relaunched.store, 'SetupFailed', { reason: 'old' });
    expect(relaunched.status()).toBe('working');
    const reported = seed('working', { reportedAt: AT + 1 });
    report(reported.store, 'SetupFailed', { reason: 'old' });
    expect(reported.status()).toBe('working');
  });

  test('a setup that failed while its launch was being noted counts', () => {
    const it = seed('working', {
      activity: { ...activity('starting', AT + 40), source: 'claustre' },
      reportedAt: null,
    });
    report(it.store, 'SetupFailed', { reason: 'setup ended with exit code 1' });
    expect(it.status()).toBe('pending');
    expect(it.session()?.activity.name).toBe('ended');
  });

  test('after the setup the wait for Claude counts anew', () => {
    const it = seed('working', { activity: activity('starting'), reportedAt: null });
    report(it.store, 'SetupDone');
    expect(it.session()).toMatchObject({
      activity: { name: 'starting', since: AT },
      reportedAt: null,
    });
  });
});

describe('conversation', () => {
  test('/clear goes on under a new conversation with an empty list', () => {
    const it = seed('working', {
      todos: [{ id: '1', subject: 'a', done: false }],
      contextPercent: 40,
    });
    report(it.store, 'SessionEnd', { reason: 'clear' });
    expect(it.session()?.activity.name).toBe('working');
    report(it.store, 'SessionStart', {
      source: 'clear',
      session_id: 'new',
      transcript_path: '/t/new.jsonl',
    });
    expect(it.session()).toMatchObject({
      claudeSessionId: 'new',
      transcriptPath: '/t/new.jsonl',
      todos: [],
      contextPercent: null,
      activity: { name: 'idle' },
    });
  });

  test('a farewell or a parked report of the old conversation does not bring it back', () => {
    const it = seed('working');
    report(it.store, 'SessionStart', { source: 'clear', session_id: 'new' }, AT);
    report(it.store, 'SessionEnd', { reason: 'clear', session_id: CONVERSATION_ID }, AT + 5);
    report(it.store, 'PostToolUse', { session_id: CONVERSATION_ID, tool_name: 'Read' }, AT - 50);
    expect(it.session()?.claudeSessionId).toBe('new');
  });

  test("Claude's own list is kept in any order of its reports", () => {
    const it = seed('working');
    report(it.store, 'TaskCompleted', { task_id: '2', task_subject: 'b' });
    report(it.store, 'TaskCreated', { task_id: '1', task_subject: 'a' });
    report(it.store, 'TaskCreated', { task_id: '2', task_subject: 'b' });
    report(it.store, 'TaskCompleted', { task_id: '1', task_subject: 'a' });
    report(it.store, 'TaskCreated', { task_id: '1', task_subject: 'another' });
    expect(it.session()?.todos).toEqual([
      { id: '2', subject: 'b', done: true },
      { id: '1', subject: 'another', done: false },
    ]);
  });
});

describe('pull requests', () => {
  test('the one that a tool made is known at once, with nothing but its address', () => {
    const it = seed('working');
    report(it.store, 'PostToolUse', created(URL_8));
    expect(it.store.pullRequests.of(it.taskId)).toMatchObject({
      host: 'github.com',
      repository: 'acme/app',
      number: 8,
      state: 'open',
      nodeId: null,
      readAt: null,
    });
    expect(it.session()?.activity.name).toBe('working');
  });

  test('one that is known is not added again, whatever the case of its name', () => {
    const it = seed('working', {}, URL_7);
    expect(report(it.store, 'PostToolUse', created('https://github.com/Acme/App/pull/7'))).toBe(
      false,
    );
    expect(it.store.pullRequests.latest()).toHaveLength(1);
  });

  test('one of another repository is not taken for ours', () => {
    const it = seed('working');
    report(it.store, 'PostToolUse', created('https://github.com/other/app/pull/8'));
    report(it.store, 'PostToolUse', created('https://example.com/acme/app/pull/8'));
    expect(it.store.pullRequests.of(it.taskId)).toBeNull();
  });
});

describe('what writes nothing', () => {
  test('a tool that ended while the session works', () => {
    const it = seed('working');
    const before = it.store.ownChanges();
    expect(report(it.store, 'PostToolUse', { tool_name: 'Read', tool_input: {} })).toBe(false);
    expect(it.store.ownChanges()).toBe(before);
  });

  test('the first report of all counts even when it says nothing else', () => {
    const it = seed('working', { reportedAt: null });
    expect(report(it.store, 'PostToolUse', { tool_name: 'Read', tool_input: {} })).toBe(true);
    expect(it.session()?.reportedAt).toBe(AT);
  });

  test('an unknown session, a closed one and what is no event', () => {
    const it = seed('working', { state: 'closed' });
    expect(report(it.store, 'Stop', stop)).toBe(false);
    const foreign = { uid: 'x', sessionId: 'nobody', at: AT };
    expect(recordHook(it.store, { ...foreign, payload: { hook_event_name: 'Stop' } })).toBe(false);
    expect(recordHook(it.store, { ...foreign, sessionId: SESSION_ID, payload: [] })).toBe(false);
    expect(it.events()).toEqual([]);
  });

  test('the same report handed in twice', () => {
    const it = seed('working');
    const todo = { hook_event_name: 'TaskCreated', task_id: '1', task_subject: 'a' };
    const first = { uid: 'once', sessionId: SESSION_ID, at: AT, payload: todo };
    expect(recordHook(it.store, first)).toBe(true);
    const again = { ...first, payload: { ...todo, task_id: '2' } };
    expect(recordHook(it.store, again)).toBe(false);
    expect(it.session()?.todos).toHaveLength(1);
  });

  test('a session that is being closed follows its activity but moves no task', () => {
    const it = seed('working', { state: 'closing' }, URL_7);
    report(it.store, 'Stop', stop);
    expect(it.status()).toBe('working');
    expect(it.session()?.activity.name).toBe('idle');
  });

  test('every change has an event with its source', () => {
    const it = seed('working', {}, URL_7);
    report(it.store, 'Stop', stop);
    const written = it.store.events.ofTask(it.taskId, 2);
    expect(written.map(({ kind, source, sessionId }) => [kind, source, sessionId])).toEqual([
      ['session.update', 'hook', SESSION_ID],
      ['task.deliver', 'hook', SESSION_ID],
    ]);
  });
});
