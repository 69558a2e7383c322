import { expect, test } from 'vitest';
import { rank } from '#tui/dialogs/palette/rank.ts';

test.each([
  ['', 'launch', 0],
  ['lau', 'Launch', 0],
  ['PR', 'open the pr', 1],
  ['unch', 'launch', 2],
  ['project add', 'add a project', 3],
  ['apr', 'add a project', 4],
  ['zz', 'add a project', null],
])('%j finds %j with %s', (query, words, expected) => {
  expect(rank(query, words)).toBe(expected);
});
