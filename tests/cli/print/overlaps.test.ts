import { expect, test } from 'vitest';
import { printOverlaps } from '#cli/print/overlaps.ts';
import { createPaint } from '#cli/style.ts';

const SHEET = { width: 100, paint: createPaint(false), now: 0 };

test('pairs stand one in a line, with what would become of a merge', () => {
  const entry = { project: 'app', task: 4, other: 12, readAt: '' };
  const entries = [
    { ...entry, files: ['a.ts', 'b\u001b[2J.ts'], conflicts: ['a.ts'] },
    { ...entry, other: 9, files: ['c.ts'], conflicts: [] },
    { ...entry, other: 10, files: ['c.ts'], conflicts: null },
  ];
  expect(printOverlaps(entries, SHEET)).toBe(
    [
      'TASKS   PROJECT  FILES       MERGED',
      '#4 #12  app      a.ts, b.ts  would conflict in a.ts',
      '#4 #9   app      c.ts        would merge',
      '#4 #10  app      c.ts        whether they conflict is not known',
    ].join('\n'),
  );
  expect(printOverlaps([], SHEET)).toBe('No two open worktrees change the same files.');
});
