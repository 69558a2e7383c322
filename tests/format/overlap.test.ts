import { expect, test } from 'vitest';
import { overlapWords } from '#format/overlap.ts';

test('an overlap is told to each of its tasks', () => {
  const overlap = { taskId: 4, otherId: 7, files: ['a.ts', 'b.ts'], conflicts: ['a.ts'] };
  expect(overlapWords(overlap, 4)).toBe('also changed by #7: a.ts, b.ts; would conflict in a.ts');
  expect(overlapWords({ ...overlap, conflicts: [] }, 7)).toBe(
    'also changed by #4: a.ts, b.ts; would merge',
  );
  expect(overlapWords({ ...overlap, files: ['a', 'b', 'c', 'd', 'e'], conflicts: null }, 7)).toBe(
    'also changed by #4: a, b, c and 2 more; whether they conflict is not known',
  );
});
