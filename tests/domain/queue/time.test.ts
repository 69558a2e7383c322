import { describe, expect, test } from 'vitest';
import { nextOccurrence, timeWait } from '#domain/queue/time.ts';
import { aTask } from '../../support/builders.ts';

const NOW = Date.parse('2026-11-20T14:00:00Z');
const here = { now: NOW, offsetAt: () => 0 };
const FREE = { at: NOW, after: [] };
const at = (text: string) => Date.parse(text);
const task = (more: Parameters<typeof aTask>[0]) => ({ id: 14, ...aTask(more) });

test('a task without a time waits for none', () => {
  expect(timeWait(task({}), null, here)).toBeNull();
});

test('a moment that has not come holds, and says when', () => {
  expect(timeWait(task({ notBefore: '2026-11-20T14:30:00.000Z' }), null, here)).toEqual({
    kind: 'at',
    text: 'at 14:30',
    until: at('2026-11-20T14:30Z'),
    remedy: '`claustre launch 14` starts it now.',
  });
  expect(timeWait(task({ notBefore: '2026-11-20T14:00:00.000Z' }), null, here)).toBeNull();
  expect(timeWait(task({ notBefore: '2020-01-01T00:00:00.000Z' }), null, here)).toBeNull();
});

test('one that repeats says how often, and when next', () => {
  const daily = task({ notBefore: '2026-11-21T09:00:00.000Z', every: '1d' });
  expect(timeWait(daily, null, here)?.text).toBe('every day, next Sat 21 09:00');
});

describe('a delay', () => {
  const delayed = task({ delaySecs: 600 });
  const after = [{ id: 12, until: 'done' as const }];

  test('is counted from the moment when what it waits for was met', () => {
    expect(timeWait(delayed, { after, at: NOW - 60_000 }, here)).toMatchObject({
      kind: 'delay',
      text: '10 min after #12 (starts 14:09)',
      until: NOW + 540_000,
    });
    expect(timeWait(delayed, { after, at: NOW - 600_000 }, here)).toBeNull();
  });

  test('runs from the beginning where there is nothing to wait for', () => {
    expect(timeWait(delayed, FREE, here)?.text).toBe('10 min after it was added (starts 14:10)');
  });
});

test('a failed attempt is tried again later', () => {
  const failed = task({ retryAt: '2026-11-20T14:05:00.000Z' });
  expect(timeWait(failed, null, here)).toMatchObject({
    kind: 'retry',
    text: 'tries again at 14:05',
  });
  expect(timeWait(failed, null, { ...here, now: NOW + 300_000 })).toBeNull();
});

describe('the next occurrence', () => {
  const daily = task({ notBefore: '2026-11-19T09:00:00.000Z', every: '1d' });

  test('is the first moment that comes, however many were missed', () => {
    expect(nextOccurrence(daily, here)).toBe(at('2026-11-21T09:00Z'));
    expect(nextOccurrence(daily, { ...here, now: at('2026-12-20T10:00Z') })).toBe(
      at('2026-12-21T09:00Z'),
    );
  });

  test('is after the one that was, also when the clock was set back', () => {
    expect(nextOccurrence(daily, { ...here, now: at('2026-11-10T12:00Z') })).toBe(
      at('2026-11-20T09:00Z'),
    );
  });

  test('is counted from the start where there was no moment', () => {
    const started = task({ every: '6h', startedAt: '2026-11-20T13:00:00.000Z' });
    expect(nextOccurrence(started, here)).toBe(at('2026-11-20T19:00Z'));
  });

  test('is none where nothing repeats', () => {
    expect(nextOccurrence(task({}), here)).toBeNull();
  });
});
