import { describe, expect, test } from 'vitest';
import { recordHook } from '#operations/session/update.ts';
import { moveSession } from '../../support/builders.ts';
import { ownStore } from '../../support/own-store.ts';
import { ASKS_BASH, ASKS_PLAN, ASKS_QUESTIONS } from '../../support/requests.ts';
import { SESSION_ID, START, seedSession } from '../../support/seed-session.ts';

const AT = START + 60_000;

function place() {
  const { store } = ownStore();
  const activity = { name: 'working', source: 'hook', since: START, detail: null } as const;
  const { task } = seedSession(store, { session: { activity, reportedAt: START } });
  let count = 0;
  return {
    store,
    task,
    report(payload: object, at = AT, waiter?: number) {
      count += 1;
      const report = { uid: `u${count}`, sessionId: SESSION_ID, at, payload };
      return recordHook(store, waiter === undefined ? report : { ...report, waiter });
    },
    open: () => store.requests.openOf(SESSION_ID).map(({ id }) => id),
    how: (id: string) => store.requests.find(id)?.closedBy,
    activity: () => store.sessions.find(SESSION_ID)?.activity,
  };
}

const used = (payload: typeof ASKS_BASH, more: object = {}) => ({
  ...payload,
  ...more,
  hook_event_name: 'PostToolUse',
});

describe('a request', () => {
  test('is kept with all that is needed to show and answer it', () => {
    const it = place();
    it.report(ASKS_QUESTIONS, AT, 4711);
    const [request] = it.store.snapshot().requests;
    expect(request).toMatchObject({
      id: 'u1',
      sessionId: SESSION_ID,
      taskId: it.task.id,
      kind: 'question',
      askedAt: AT,
      waiter: 4711,
      answer: null,
    });
    expect(request?.questions[1]?.options).toHaveLength(3);
  });

  test('is closed by the use of its tool, and the session works on', () => {
    const it = place();
    it.report(ASKS_BASH);
    it.report(used(ASKS_BASH), AT + 5);
    expect([it.open(), it.how('u1')]).toEqual([[], 'went_on']);
    expect(it.store.requests.find('u1')).toMatchObject({ body: '', detail: 'Bash: npm test' });
    expect(it.activity()?.name).toBe('working');
  });

  test.each([
    [{ hook_event_name: 'UserPromptSubmit', prompt: 'go' }, 'working'],
    [{ hook_event_name: 'Stop' }, 'idle'],
    [{ hook_event_name: 'SessionEnd', reason: 'other' }, 'ended'],
    [{ hook_event_name: 'SessionStart', source: 'clear' }, 'idle'],
  ])('is closed by %j', (payload, name) => {
    const it = place();
    it.report(ASKS_PLAN);
    expect(it.activity()?.name).toBe('plan');
    it.report(payload, AT + 5);
    expect([it.open(), it.how('u1'), it.activity()?.name]).toEqual([[], 'over', name]);
  });

  test('is closed with whatever else ends the asking: a look at the pane, the end of the session', () => {
    const it = place();
    it.report(ASKS_BASH);
    const activity = {
      name: 'idle',
      source: 'sessions_file',
      since: AT + 9,
      detail: null,
    } as const;
    it.store.write(() => it.store.sessions.update(SESSION_ID, { activity }, null));
    expect(it.open()).toEqual([]);
    it.report(ASKS_BASH, AT + 10);
    expect(it.open()).toEqual(['u2']);
    moveSession(it.store, SESSION_ID, { state: 'closing' });
    expect(it.open()).toEqual([]);
  });

  test('of one subagent stays open when the same one of another is answered', () => {
    const it = place();
    it.report({ ...ASKS_BASH, agent_id: 'a1' });
    it.report({ ...ASKS_BASH, agent_id: 'a2' }, AT + 1);
    expect(it.open()).toEqual(['u1', 'u2']);
    it.report(used(ASKS_BASH, { agent_id: 'a2' }), AT + 2);
    expect(it.open()).toEqual(['u1']);
    expect(it.activity()).toMatchObject({ name: 'permission', since: AT });
    it.report({ hook_event_name: 'Stop' }, AT + 3);
    expect([it.open(), it.activity()?.name]).toEqual([['u1'], 'permission']);
    it.report(used(ASKS_BASH, { agent_id: 'a1' }), AT + 4);
    expect([it.open(), it.activity()?.name]).toEqual([[], 'working']);
  });

  test('that was parked while its turn went on is not asked any more', () => {
    const it = place();
    it.report({ hook_event_name: 'Stop' }, AT + 9);
    it.report(ASKS_BASH, AT);
    expect(it.open()).toEqual([]);
  });
});
