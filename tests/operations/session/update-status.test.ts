import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordParked, recordStatus } from '#operations/session/update-status.ts';
import type { Store } from '#store/store.ts';
import { moveSession } from '../../support/builders.ts';
import { ownStore } from '../../support/own-store.ts';
import { SESSION_ID, START, seedSession } from '../../support/seed-session.ts';

const FILE = join(import.meta.dirname, '../../recordings/claude-status-line-2.1.197.jsonl');
const [SUBSCRIBER, KEY] = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line): Record<string, unknown> => JSON.parse(line));

let count = 0;

function seed(): Store {
  const { store } = ownStore();
  seedSession(store);
  return store;
}

function report(store: Store, payload: unknown, at = START + 1_000): boolean {
  count += 1;
  return recordStatus(store, { uid: `status-${count}`, sessionId: SESSION_ID, at, payload });
}

function cost(total: number): object {
  return { cost: { total_cost_usd: total } };
}

describe('a recorded status line', () => {
  test('gives model, context, cost and the limits of the account', () => {
    const store = seed();
    expect(report(store, SUBSCRIBER)).toBe(true);
    expect(store.sessions.find(SESSION_ID)).toMatchObject({
      model: 'claude-sonnet-5',
      contextPercent: 16,
    });
    expect(store.attempts.currentOf(SESSION_ID)).toMatchObject({
      costUsd: 0.098628,
      costSeenUsd: 0.098628,
    });
    expect(store.attempts.limits()).toEqual([
      { window: 'five_hour', usedPercent: 42, resetsAt: 1_795_156_693_000, readAt: START + 1_000 },
      { window: 'seven_day', usedPercent: 18, resetsAt: 1_795_449_493_000, readAt: START + 1_000 },
    ]);
  });

  test('without limits says nothing about them', () => {
    const store = seed();
    report(store, KEY);
    expect(store.attempts.limits()).toEqual([]);
    expect(store.sessions.find(SESSION_ID)?.model).toBe('claude-opus-4-8[1m]');
  });

  test('that says nothing new writes nothing', () => {
    const store = seed();
    report(store, SUBSCRIBER);
    const before = store.ownChanges();
    expect(report(store, SUBSCRIBER, START + 2_000)).toBe(false);
    expect(store.ownChanges()).toBe(before);
    // A limit that stays the same is confirmed now and then, so that its age is true.
    expect(report(store, SUBSCRIBER, START + 62_000)).toBe(true);
    expect(store.attempts.limits()[0]?.readAt).toBe(START + 62_000);
  });

  test('that repeats a limit after its reset does not hide what a turn ran into since', () => {
    const store = seed();
    const reached = { window: 'five_hour', usedPercent: 100, resetsAt: null, readAt: START };
    store.attempts.setLimit(reached);
    const rate_limits = { five_hour: { used_percentage: 100, resets_at: START / 1_000 - 1 } };
    report(store, { rate_limits });
    expect(store.attempts.limits()).toEqual([reached]);
  });

  test('of an unknown or closed session is ignored', () => {
    const store = seed();
    const foreign = { uid: 'x', sessionId: 'nobody', at: START, payload: SUBSCRIBER };
    expect(recordStatus(store, foreign)).toBe(false);
    moveSession(store, SESSION_ID, { state: 'closed' });
    expect(report(store, SUBSCRIBER)).toBe(false);
  });
});

describe('cost', () => {
  const total = (store: Store): number | null | undefined =>
    store.attempts.currentOf(SESSION_ID)?.costUsd;

  test('is added up over a total that starts again', () => {
    const store = seed();
    report(store, cost(1), START + 1);
    report(store, cost(1.5), START + 2);
    report(store, cost(0), START + 3);
    report(store, cost(0.25), START + 4);
    expect(total(store)).toBeCloseTo(1.75);
  });

  test('an older total that was parked is not taken for a new beginning', () => {
    const store = seed();
    report(store, cost(1.5), START + 5_000);
    expect(report(store, cost(1), START + 1_000)).toBe(false);
    expect(total(store)).toBe(1.5);
  });

  test('of an earlier attempt is not counted again in the next one', () => {
    const store = seed();
    const { id, taskId, claudeSessionId } = store.sessions.find(SESSION_ID) ?? {
      id: '',
      taskId: 0,
      claudeSessionId: '',
    };
    report(store, cost(1), START + 1);
    const at = new Date(START + 2).toISOString();
    store.attempts.end(id, at, 'ended');
    store.attempts.start({
      taskId,
      sessionId: id,
      purpose: 'work',
      claudeSessionId,
      startedAt: at,
    });
    report(store, cost(1.25), START + 3);
    expect(total(store)).toBeCloseTo(0.25);
    expect(store.attempts.usageOf(taskId).costUsd).toBeCloseTo(1.25);
  });
});

describe('a parked report', () => {
  const parked = { uid: 'parked', sessionId: SESSION_ID, at: START + 1_000 };

  test('is recorded by its kind, once', () => {
    const store = seed();
    const status = { ...parked, kind: 'status', body: JSON.stringify(SUBSCRIBER) } as const;
    expect(recordParked(store, status)).toBe(true);
    expect(recordParked(store, status)).toBe(false);
    const hook = {
      ...parked,
      uid: 'h',
      kind: 'hook',
      body: '{"hook_event_name":"UserPromptSubmit","prompt":"x"}',
    } as const;
    expect(recordParked(store, hook)).toBe(true);
    expect(store.sessions.find(SESSION_ID)?.activity.name).toBe('working');
  });

  test('that is no JSON says nothing', () => {
    const store = seed();
    expect(recordParked(store, { ...parked, kind: 'hook', body: '{"half":' })).toBe(false);
  });
});
