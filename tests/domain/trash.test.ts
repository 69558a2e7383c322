import { expect, test } from 'vitest';
import { describeSaved } from '#domain/trash.ts';

test.each([
  [{ commits: 0, changed: 0, untracked: 0 }, null],
  [{ commits: 1, changed: 0, untracked: 2 }, '1 commit, 2 untracked files'],
  [{ commits: 2, changed: 1, untracked: 1 }, '2 commits, 1 changed file, 1 untracked file'],
])('%o reads %j', (saved, sentence) => {
  expect(describeSaved(saved)).toBe(sentence);
});
