import { expect, test } from 'vitest';
import { overlapWords } from '#format/overlap.ts';

test('an overlap is told to one of its tasks', () => {
  const overlap = { task: 7, files: ['a.ts', 'b.ts'], conflicts: ['a.ts'] };
  expect(overlapWords(overlap)).toBe('#7 changes a.ts, b.ts, too; would conflict in a.ts');
  expect(overlapWords({ ...overlap, conflicts: [] })).toBe(
    '#7 changes a.ts, b.ts, too; would merge',
  );
  expect(overlapWords({ ...overlap, files: ['a', 'b', 'c', 'd', 'e'], conflicts: null })).toBe(
    '#7 changes a, b, c and 2 more, too; whether they conflict is not known',
  );
});
