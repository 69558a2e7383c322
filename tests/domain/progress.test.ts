import { expect, test } from 'vitest';
import { nextWorkAt } from '#domain/progress.ts';

test('the work of a session is measured every five seconds at most, and a slow worktree less often', () => {
  expect(nextWorkAt(1_000, 30)).toBe(6_000);
  expect(nextWorkAt(1_000, 3_000)).toBe(61_000);
});
