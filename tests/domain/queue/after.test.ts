import { describe, expect, test } from 'vitest';
import type { After } from '#domain/dependency.ts';
import { afterWait, findBlames, type ParentFacts } from '#domain/queue/after.ts';

type Parent = Omit<ParentFacts, 'id'>;

const pending: Parent = { status: 'pending', held: null, pullRequest: null };
const working: Parent = { ...pending, status: 'working' };
const failed: Parent = { ...pending, status: 'error' };

/** What the wait of a task says, with the tasks and edges that are named. */
function waitIn(
  tasks: Record<number, Parent>,
  open: Record<number, (number | After)[]>,
  onBadParent: 'hold' | 'skip' = 'hold',
): (id: number) => ReturnType<typeof afterWait> {
  const openOf = (id: number): After[] =>
    (open[id] ?? []).map((each) => (typeof each === 'number' ? { id: each, until: 'done' } : each));
  const blames = findBlames((id) => {
    const task = tasks[id];
    return task === undefined ? undefined : { id, ...task };
  }, openOf);
  return (id) => afterWait({ id }, openOf(id), blames(id), onBadParent);
}

test('what is open is named, with what ends the wait', () => {
  const wait = waitIn({ 12: working, 13: pending }, { 14: [12, { id: 13, until: 'merged' }] });
  expect(wait(14)).toEqual({
    kind: 'after',
    text: 'after #12, #13 merged',
    until: null,
    remedy: 'Finish #12 first. The pull request of #13 must be merged.',
  });
  expect(wait(12)).toBeNull();
});

test.each<[string, Parent, string, string]>([
  ['in error', failed, 'after #12, which is in error', 'retry 12'],
  ['killed', { ...pending, held: 'killed' }, 'after #12, which is held: killed', 'launch 12'],
  [
    'without its setup',
    { ...pending, held: 'setup failed' },
    'after #12, which is held: setup failed',
    'retry 12',
  ],
  ['a draft', { ...pending, status: 'draft' }, 'after #12, which is a draft', 'edit 12 --submit'],
  [
    'closed',
    { ...pending, status: 'in_review', pullRequest: 'closed' },
    'after #12, which has a pull request that was closed unmerged',
    'reopen 12',
  ],
])('a parent that is %s is named with a way out', (_what, parent, text, remedy) => {
  expect(waitIn({ 12: parent }, { 14: [12] })(14)).toMatchObject({
    kind: 'after',
    text,
    remedy: `\`claustre ${remedy}\`, or \`claustre edit 14 --after none\`.`,
  });
});

test('a merge that does not come by itself is said', () => {
  const until = { id: 12, until: 'merged' as const };
  const done: Parent = { ...pending, status: 'done', pullRequest: 'open' };
  expect(waitIn({ 12: done }, { 14: [until] })(14)?.text).toBe(
    'after #12 merged, which is done, but its pull request is not merged',
  );
});

describe('what ended badly further up', () => {
  const tasks = { 1: failed, 2: pending, 3: pending, 4: working, 5: pending };
  const open = { 2: [1], 3: [2, 4], 5: [4] };

  test('holds all that wait for it, and is named', () => {
    const wait = waitIn(tasks, open);
    expect(wait(3)).toMatchObject({
      kind: 'after',
      text: 'after #2, #4; #1 is in error',
      remedy: '`claustre retry 1`, or `claustre edit 3 --after none`.',
    });
    expect(wait(5)?.text).toBe('after #4');
  });

  test('or skips them all', () => {
    const wait = waitIn(tasks, open, 'skip');
    expect(wait(2)).toMatchObject({ kind: 'skipped', text: 'skipped: #1 is in error' });
    expect(wait(3)).toMatchObject({ kind: 'skipped', text: 'skipped: #1 is in error' });
    expect(wait(5)?.kind).toBe('after');
  });

  test('comes before what merely rests', () => {
    const held = { ...pending, held: 'killed' };
    const wait = waitIn({ 1: held, 2: failed }, { 3: [1, 2] }, 'skip');
    expect(wait(3)?.text).toBe('skipped: #2 is in error');
  });

  test('revives when it is retried', () => {
    const wait = waitIn({ ...tasks, 1: pending }, open, 'skip');
    expect(wait(3)?.text).toBe('after #2, #4');
  });
});

test('what rests is never skipped', () => {
  const wait = waitIn({ 1: { ...pending, held: 'killed' } }, { 2: [1] }, 'skip');
  expect(wait(2)?.kind).toBe('after');
});

test('a long row of tasks is looked through in no time', () => {
  const length = 20_000;
  const open = Object.fromEntries(Array.from({ length }, (_, index) => [index + 2, [index + 1]]));
  const ids = Array.from({ length: length + 1 }, (_, index) => index + 1);
  const tasks = Object.fromEntries(ids.map((id) => [id, id === 1 ? failed : pending]));
  const wait = waitIn(tasks, open);
  expect(wait(length + 1)?.text).toBe(`after #${length}; #1 is in error`);
});

test('a circle that should not be ends nowhere, but the look does', () => {
  expect(waitIn({ 1: pending, 2: pending }, { 1: [2], 2: [1] })(1)?.text).toBe('after #2');
});
