import { expect, test } from 'vitest';
import { readTaskNumbers, writeTaskNumbers } from '#domain/form/task-numbers.ts';

test.each([
  ['', []],
  ['12', [12]],
  [' #12, 15  #7 ', [12, 15, 7]],
])('%j are %j', (text, ids) => {
  expect(readTaskNumbers(text)).toEqual(ids);
});

test.each(['twelve', '#', '0', '-1', '1.5', '9999999999999999'])(
  '%j is no number of a task',
  (text) => {
    expect(readTaskNumbers(text)).toMatchObject({ reason: `"${text}" is no number of a task.` });
  },
);

test('what is written can be read', () => {
  expect(readTaskNumbers(writeTaskNumbers([3, 4]))).toEqual([3, 4]);
});
