import { describe, expect, test } from 'vitest';
import {
  type AwaitedFacts,
  afterOf,
  afterWords,
  findCycle,
  isMet,
  isOver,
  untilById,
} from '#domain/dependency.ts';

describe('what a task waits for', () => {
  const after = [
    { id: 3, until: 'done' },
    { id: 12, until: 'pr_green' },
  ] as const;

  test('is told in a few words', () => {
    expect(afterWords(after)).toBe('#3, #12 green');
    expect(afterWords([4])).toBe('#4');
  });

  test('is the same again when it is read from JSON', () => {
    expect(untilById(after)).toEqual({ 12: 'pr_green' });
    expect(afterOf({ after: [3, 12], afterUntil: untilById(after) })).toEqual(after);
  });
});

describe('whether a wait is over', () => {
  const green = {
    status: 'in_review',
    pullRequest: { state: 'open', checks: 'passed', mergeable: 'mergeable' },
  } satisfies AwaitedFacts;
  const pull = (more: Partial<NonNullable<AwaitedFacts['pullRequest']>>): AwaitedFacts => ({
    ...green,
    pullRequest: { ...green.pullRequest, ...more },
  });

  test.each<[string, AwaitedFacts, boolean]>([
    ['checks passed', green, true],
    ['no checks at all', pull({ checks: 'none' }), true],
    ['all checks skipped', pull({ checks: 'skipped' }), true],
    ['whether it can be merged is not known yet', pull({ mergeable: null }), true],
    ['checks run', pull({ checks: 'pending' }), false],
    ['checks unknown', pull({ checks: null }), false],
    ['checks failed', pull({ checks: 'failed' }), false],
    ['an optional check failed', pull({ checks: 'failed_optional' }), false],
    ['checks want a person', pull({ checks: 'attention' }), false],
    ['in conflict', pull({ mergeable: 'conflicting' }), false],
    ['closed', pull({ state: 'closed' }), false],
    ['merged while its session is open', pull({ state: 'merged', mergeable: null }), true],
    ['works on it', { ...green, status: 'working' }, false],
    ['no pull request', { status: 'in_review', pullRequest: null }, false],
    ['done without one', { status: 'done', pullRequest: null }, true],
  ])('pr_green, %s', (_what, facts, met) => {
    expect(isMet('pr_green', facts)).toBe(met);
    expect(isMet('done', facts)).toBe(facts.status === 'done');
  });
});

test('what is green is not over before it is merged or done', () => {
  const open = { state: 'open', checks: 'passed', mergeable: 'mergeable' } as const;
  const green = { status: 'in_review', pullRequest: open } as const;
  expect(isOver('pr_green', green)).toBe(false);
  expect(isOver('pr_green', { ...green, status: 'done' })).toBe(true);
  expect(isOver('pr_green', { ...green, pullRequest: { ...open, state: 'merged' } })).toBe(true);
  expect(isOver('merged', { ...green, status: 'done' })).toBe(false);
  expect(isOver('merged', { status: 'done', pullRequest: null })).toBe(true);
  expect(isOver('done', green)).toBe(false);
});

describe('circles of dependencies', () => {
  const edges = [
    { taskId: 2, afterId: 1 },
    { taskId: 3, afterId: 2 },
  ];

  test('are found and written out', () => {
    expect(findCycle(edges, 1, 3)).toEqual([1, 3, 2, 1]);
    expect(findCycle([], 1, 1)).toEqual([1, 1]);
  });

  test('are not seen where there are none', () => {
    expect(findCycle(edges, 4, 3)).toBeNull();
    expect(findCycle(edges, 3, 1)).toBeNull();
  });
});
