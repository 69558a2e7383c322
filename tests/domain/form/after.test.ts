import { expect, test } from 'vitest';
import { readAfter, writeAfter } from '#domain/form/after.ts';

const done = (id: number) => ({ id, until: 'done' as const });

test.each([
  ['', []],
  ['12', [done(12)]],
  [' #12, 15  #7 ', [done(12), done(15), done(7)]],
  ['3:done #4:pr_green', [done(3), { id: 4, until: 'pr_green' }]],
  ['5:merged', [{ id: 5, until: 'merged' }]],
  ['none', []],
])('%j are %j', (text, after) => {
  expect(readAfter(text)).toEqual(after);
});

test.each(['twelve', '#', '0', '-1', '1.5', '9999999999999999', ':pr_green'])(
  '%j is no number of a task',
  (text) => {
    expect(readAfter(`1 ${text}`)).toMatchObject({ reason: `"${text}" is no number of a task.` });
  },
);

test.each([
  ['4:green', '4:pr_green'],
  ['#4:', '4:pr_green'],
  ['4:merge', '4:merged'],
  ['4:mrgd', '4:merged'],
])('of %j is said how it is written', (text, right) => {
  expect(readAfter(text)).toMatchObject({ reason: `"${text}" should be ${right}.` });
});

test('what is written can be read', () => {
  const after = [
    done(3),
    { id: 4, until: 'pr_green' as const },
    { id: 5, until: 'merged' as const },
  ];
  expect(readAfter(writeAfter(after))).toEqual(after);
});
