import { describe, expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import type { QueueFacts, QueueTask } from '#domain/queue/facts.ts';
import { endsByItself, isReady, waitOf, waitWords } from '#domain/queue/ready.ts';
import type { Wait } from '#domain/queue/wait.ts';
import {
  aQueueProject,
  aQueueTask,
  QUEUE_SETTINGS,
  queueFacts,
} from '../../support/queue-facts.ts';

const AT = '2026-01-01T11:00:00.000Z';
const SKIPPING = { ...QUEUE_SETTINGS, onBadParent: 'skip' } as const;
const inError = () => ({ id: 2, text: '#2 is in error', remedy: 'claustre retry 2', isBad: true });
const limit: Wait = { kind: 'limit', text: 'usage limit', until: 5, remedy: null };

describe('why a pending task does not start by itself', () => {
  test.each<[string | null, Partial<QueueTask>, Partial<QueueFacts>]>([
    [null, {}, {}],
    ['draft', { status: 'draft' }, {}],
    ['setup failed', { held: 'setup failed' }, {}],
    ['held: killed', { held: 'killed' }, {}],
    ['held: launch failed', { held: 'launch failed' }, {}],
    ['after #2, #3 green', {}, { openBefore: waiting() }],
    ['held: killed', { held: 'killed' }, { openBefore: waiting() }],
    [
      'skipped: #2 is in error',
      {},
      { openBefore: waiting(), blameOf: inError, projects: only({ settings: SKIPPING }) },
    ],
    ['after #2, #3 green; #2 is in error', {}, { openBefore: waiting(), blameOf: inError }],
    ['at 14:30', { notBefore: '2026-01-01T14:30:00.000Z' }, {}],
    ['at 14:30', { notBefore: '2026-01-01T14:30:00.000Z', mode: 'supervised' }, {}],
    [null, { notBefore: '2026-01-01T10:30:00.000Z' }, {}],
    [
      '10 min after #2 (starts 12:05)',
      { delaySecs: 600 },
      {
        delays: new Map([[1, { at: Date.parse('2026-01-01T11:55:00.000Z'), after: [toAfter(2)] }]]),
      },
    ],
    ['for you to launch', { mode: 'supervised' }, {}],
    ['for you to launch', { mode: 'exploration' }, {}],
    ['everything is paused', {}, { queue: { pausedAt: AT, pauseReason: null } }],
    ['everything is paused: lunch', {}, { queue: { pausedAt: AT, pauseReason: 'lunch' } }],
    [
      'after #2, #3 green',
      {},
      { openBefore: waiting(), queue: { pausedAt: AT, pauseReason: null } },
    ],
    ['the queue of app is paused', {}, { projects: only({ queue: 'paused' }) }],
    ['the queue rests', {}, { projects: only({ queue: 'rests' }) }],
    ['the settings of app cannot be read', {}, { projects: only({ settings: null }) }],
    ['usage limit', {}, { account: limit }],
    ['no memory', {}, { memory: { ...limit, kind: 'memory', text: 'no memory' } }],
    // Slots are given away by the decision about all of them.
    [null, {}, { taken: [1, 2, 3, 4].map((task) => ({ task, project: 1 })) }],
  ])('%s', (expected, task, facts) => {
    expect(waitOf(aQueueTask(1, task), queueFacts(facts))?.text ?? null).toBe(expected);
  });

  test('each reason says what to do, where something can be done', () => {
    const said = (task: Partial<QueueTask>, facts: Partial<QueueFacts> = {}) =>
      waitOf(aQueueTask(7, task), queueFacts(facts))?.remedy;
    expect(said({ held: 'setup failed' })).toContain('claustre retry 7');
    expect(said({ held: 'launch failed' })).toContain('claustre retry 7');
    expect(said({ held: 'killed' })).toContain('claustre launch 7');
    expect(said({}, { projects: only({ queue: 'rests' }) })).toContain('claustre resume app');
    expect(said({}, { queue: { pausedAt: AT, pauseReason: null } })).toContain('claustre resume');
  });
});

test('a person can launch what waits for its turn, not what waits for something of its own', () => {
  expect(isReady(null)).toBe(true);
  expect(isReady({ kind: 'slot' })).toBe(true);
  expect(isReady({ kind: 'supervised' })).toBe(true);
  expect(isReady({ kind: 'after' })).toBe(false);
  expect(isReady({ kind: 'held' })).toBe(false);
});

test('a wait for a time, a slot or memory ends by itself', () => {
  expect(endsByItself({ kind: 'limit', until: 5 })).toBe(true);
  expect(endsByItself({ kind: 'slot', until: null })).toBe(true);
  expect(endsByItself({ kind: 'after', until: null })).toBe(false);
  expect(endsByItself({ kind: 'paused', until: null })).toBe(false);
});

test('waiting for a person to launch it is no reason that a row tells', () => {
  expect(waitWords(null)).toBeNull();
  expect(waitWords(limit)).toBe('usage limit');
  expect(waitWords({ ...limit, kind: 'supervised' })).toBeNull();
});

function waiting(): QueueFacts['openBefore'] {
  return new Map([
    [
      1,
      [
        { id: 2, until: 'done' },
        { id: 3, until: 'pr_green' },
      ],
    ],
  ]);
}

function only(changes: Parameters<typeof aQueueProject>[0]): QueueFacts['projects'] {
  return new Map([[1, aQueueProject(changes)]]);
}
