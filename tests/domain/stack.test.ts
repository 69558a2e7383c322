import { describe, expect, test } from 'vitest';
import {
  moveAdvice,
  type Parent,
  parentBranch,
  stackMark,
  stackState,
  stackWords,
} from '#domain/stack.ts';

const CHILD = { baseCommit: 'aaa', stackedOn: 3, base: 'task/parent' };

const PULL: NonNullable<Parent['pullRequest']> = {
  number: 7,
  state: 'open',
  base: 'main',
  head: 'task/parent',
  headCommit: 'aaa',
  mergeCommit: null,
  mergedAt: null,
};

const parent = (
  pull: Partial<typeof PULL> | null = {},
  more: Partial<Omit<Parent, 'pullRequest'>> = {},
): Parent => ({
  task: { id: 3, status: 'in_review', held: null },
  session: { branch: 'task/parent', base: 'main', stackedOn: null },
  ...more,
  pullRequest: pull === null ? null : { ...PULL, ...pull },
});

const done = { task: { id: 3, status: 'done', held: null } } as const;
const killed = { task: { id: 3, status: 'pending', held: 'killed' } } as const;

describe('how a child stands to its parent', () => {
  test.each([
    ['at its head', parent(), 'on #3'],
    ['with a head that is not known', parent({ headCommit: null }), 'on #3'],
    ['without a pull request', parent(null), 'on #3'],
    ['with newer commits', parent({ headCommit: 'bbb' }), 'on #3, which has newer commits'],
    ['merged', parent({ state: 'merged' }), '#3 was merged into main'],
    ['done and merged', parent({ state: 'merged' }, done), '#3 was merged into main'],
    [
      'closed',
      parent({ state: 'closed' }),
      '#3, which it is stacked on, has a pull request that was closed',
    ],
    ['done alone', parent({}, done), '#3, which it is stacked on, is done and was not merged'],
    ['killed', parent({}, killed), '#3, which it is stacked on, was killed'],
    ['killed and merged', parent({ state: 'merged' }, killed), '#3 was merged into main'],
    ['gone', null, '#3, which it is stacked on, was removed'],
  ])('%s', (_what, facts, words) => {
    expect(stackWords(3, stackState(CHILD, facts))).toBe(words);
  });

  test.each([
    ['on #3', parent()],
    ['on #3, behind it', parent({ headCommit: 'bbb' })],
    ['on #3, which was merged', parent({ state: 'merged' })],
    ['on #3, which ended', parent({ state: 'closed' })],
  ])('a row says %s', (words, facts) => {
    expect(stackMark(3, stackState(CHILD, facts))).toBe(words);
  });

  test('new commits count when the parent is in review again', () => {
    const behind = (status: Parent['task']['status']) =>
      stackState(CHILD, parent({ headCommit: 'bbb' }, { task: { id: 3, status, held: null } }));
    expect(behind('working')).toEqual({ kind: 'behind', head: 'bbb', settled: false });
    expect(behind('in_review')).toEqual({ kind: 'behind', head: 'bbb', settled: true });
  });

  test('a parent that was stacked itself hands its place down only when it went there', () => {
    const session = { branch: 'task/parent', base: 'task/below', stackedOn: 2 };
    const into = (base: string) =>
      stackState(CHILD, parent({ state: 'merged', base }, { session }));
    expect(into('task/below')).toMatchObject({ base: 'task/below', stackedOn: 2 });
    expect(into('main')).toMatchObject({ base: 'main', stackedOn: null });
  });
});

test('the branch of a parent is that of its pull request, else of its session', () => {
  expect(parentBranch(parent({ head: 'renamed' }))).toBe('renamed');
  expect(parentBranch(parent(null))).toBe('task/parent');
  expect(parentBranch(parent(null, { session: null }))).toBeNull();
});

test('who moves it by hand is told which commits are its own', () => {
  const landed = stackState(CHILD, parent({ state: 'merged' }));
  expect(moveAdvice(CHILD, landed, 'origin')).toContain('git rebase --onto origin/main aaa');
  const level = stackState(CHILD, parent());
  expect(moveAdvice(CHILD, level, 'origin')).toContain('git rebase --onto origin/task/parent aaa');
  expect(moveAdvice({ ...CHILD, stackedOn: null }, level, 'origin')).toBeNull();
  expect(moveAdvice({ ...CHILD, base: 'a$(id)' }, level, 'origin')).toBeNull();
});
