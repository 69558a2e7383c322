import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterReading,
  freshHistory,
  nextLookAt,
  nextReadAt,
  offlineWait,
} from '#domain/pull-request/poll.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const adaptive = { pollIntervalSecs: 0 };

const facts = {
  state: 'open',
  draft: false,
  checks: 'passed',
  mergeable: 'mergeable',
  headCommit: 'aaa',
  conflictSeen: null,
  queued: false,
  autoMerge: null,
} as const;
const quiet = {
  triedAt: NOW,
  headSince: NOW - 10 * MINUTE,
  headCommit: 'aaa',
  pendingSince: null,
  unknownReads: 0,
  activeAt: NOW,
  failures: 0,
};
const seconds = (...args: Parameters<typeof nextReadAt>) => {
  const next = nextReadAt(...args);
  return next === null ? null : (next - args[1].triedAt) / 1000;
};

describe('when a pull request is read next', () => {
  test('one that was never read is due at once', () => {
    expect(nextReadAt(facts, freshHistory(facts, NOW), adaptive)).toBeLessThanOrEqual(NOW);
  });

  test('a new head is followed closely for two minutes', () => {
    expect(seconds(facts, { ...quiet, headSince: NOW - 2 * MINUTE + 1 }, adaptive)).toBe(12);
    expect(seconds(facts, { ...quiet, headSince: NOW - 2 * MINUTE }, adaptive)).toBe(60);
  });

  test.each([
    [0, 20],
    [10 * MINUTE - 1, 20],
    [10 * MINUTE, 60],
    [HOUR, 180],
  ])('checks that have run for %d ms are read again after %d s', (age, expected) => {
    const history = { ...quiet, pendingSince: NOW - age };
    expect(seconds({ ...facts, checks: 'pending' }, history, adaptive)).toBe(expected);
  });

  test('a conflict that was seen once is looked at again soon, one that counts is not', () => {
    const seen = { ...facts, conflictSeen: 'aaa bbb' };
    expect(seconds(seen, quiet, adaptive)).toBe(5);
    expect(seconds({ ...seen, mergeable: 'conflicting' }, quiet, adaptive)).toBe(60);
  });

  test('one that GitHub will merge by itself is read every half minute', () => {
    expect(seconds({ ...facts, queued: true }, quiet, adaptive)).toBe(30);
    expect(seconds({ ...facts, autoMerge: 'squash' }, quiet, adaptive)).toBe(30);
  });

  test('a merge that GitHub has not computed is asked for soon, four times', () => {
    const steps = [1, 2, 3, 4, 5].map((unknownReads) =>
      seconds(facts, { ...quiet, unknownReads }, adaptive),
    );
    expect(steps).toEqual([3, 5, 10, 20, 60]);
  });

  test.each([
    [0, 60],
    [HOUR, 180],
    [24 * HOUR, 900],
  ])(
    'one that waits for review and was quiet for %d ms is read again after %d s',
    (age, expected) => {
      expect(seconds(facts, { ...quiet, activeAt: NOW - age }, adaptive)).toBe(expected);
    },
  );

  test('a draft is read every three minutes', () => {
    expect(seconds({ ...facts, draft: true }, quiet, adaptive)).toBe(180);
  });

  test('a merged one is never read again, a closed one for a day', () => {
    expect(seconds({ ...facts, state: 'merged' }, quiet, adaptive)).toBeNull();
    const closed = { ...facts, state: 'closed' } as const;
    expect(seconds(closed, { ...quiet, activeAt: NOW - 5 * MINUTE }, adaptive)).toBe(60);
    expect(seconds(closed, { ...quiet, activeAt: NOW - HOUR }, adaptive)).toBe(900);
    expect(seconds(closed, { ...quiet, activeAt: NOW - 24 * HOUR }, adaptive)).toBeNull();
  });

  test('a fixed interval replaces the adaptive ones', () => {
    const history = { ...quiet, unknownReads: 1, headSince: NOW };
    expect(seconds(facts, history, { pollIntervalSecs: 45 })).toBe(45);
    expect(seconds({ ...facts, state: 'merged' }, quiet, { pollIntervalSecs: 45 })).toBeNull();
  });

  test('tries that learn nothing become rare, and the fixed interval does not hurry them', () => {
    const failed = (failures: number) =>
      seconds(facts, { ...quiet, failures }, { pollIntervalSecs: 1 });
    expect([1, 2, 3, 4, 5, 6, 9].map(failed)).toEqual([5, 15, 30, 60, 120, 300, 300]);
    expect(offlineWait(0)).toBe(5_000);
  });

  test('a low budget stretches the intervals, but not the fixed one', () => {
    expect(seconds(facts, quiet, adaptive, 4)).toBe(240);
    expect(seconds(facts, quiet, { pollIntervalSecs: 7 }, 4)).toBe(7);
  });
});

describe('what is remembered of readings', () => {
  const later = NOW + MINUTE;
  const said = { mergeable: 'mergeable' } as const;

  test('a new head starts everything anew', () => {
    const after = { ...facts, headCommit: 'bbb', checks: 'pending' } as const;
    const history = { ...quiet, pendingSince: NOW - HOUR, activeAt: NOW - HOUR };
    expect(afterReading(history, facts, after, said, later)).toMatchObject({
      headSince: later,
      headCommit: 'bbb',
      pendingSince: later,
      activeAt: later,
    });
  });

  test('checks that go on running keep their age, and lose it when they end', () => {
    const pending = { ...facts, checks: 'pending' } as const;
    const first = afterReading(quiet, facts, pending, said, later);
    const second = afterReading(first, pending, pending, said, later + MINUTE);
    expect(second).toMatchObject({ pendingSince: later, activeAt: later, triedAt: later + MINUTE });
    expect(afterReading(second, pending, facts, said, later + 2 * MINUTE).pendingSince).toBeNull();
  });

  test('readings that do not tell of the merge are counted although its last word stands', () => {
    const unsaid = { mergeable: null };
    const first = afterReading(quiet, facts, facts, unsaid, later);
    expect(afterReading(first, facts, facts, unsaid, later).unknownReads).toBe(2);
    expect(afterReading(first, facts, facts, said, later).unknownReads).toBe(0);
    const merged = { ...facts, state: 'merged' } as const;
    expect(afterReading(first, facts, merged, unsaid, later).unknownReads).toBe(0);
  });

  test('a good reading forgets the failures before it', () => {
    const failed = afterFailure(afterFailure(quiet, NOW), later);
    expect(failed).toMatchObject({ failures: 2, triedAt: later });
    expect(afterReading(failed, facts, facts, said, later).failures).toBe(0);
  });
});

test('a branch without a pull request is looked up at once, and then ever more rarely', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6].map((looks) => nextLookAt(NOW, looks, NOW) - NOW);
  expect(waits).toEqual([0, 5_000, 15_000, 60_000, 180_000, 600_000, 600_000]);
});
