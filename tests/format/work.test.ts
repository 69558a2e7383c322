import { expect, test } from 'vitest';
import { formatChanges, formatDistance, workWords } from '#format/work.ts';

const WORK = { ahead: 3, behind: 2, files: 5, added: 120, deleted: 8, cut: false };

test('the distance names only what differs, and what is unknown', () => {
  expect(formatDistance(WORK)).toBe('↓2 ↑3');
  expect(formatDistance({ ahead: 1, behind: 0 })).toBe('↑1');
  expect(formatDistance({ ahead: 0, behind: 0 })).toBe('level');
  expect(formatDistance({ ahead: null, behind: null })).toBe('–');
});

test('changes are counted, and said to be more where they were cut', () => {
  expect(formatChanges(WORK)).toBe('+120 −8 in 5 files');
  expect(formatChanges({ ...WORK, files: 1, cut: true })).toBe('≥+120 −8 in ≥1 file');
  expect(formatChanges({ ...WORK, files: 0, added: 0, deleted: 0 })).toBe('no changes');
});

test('both make a sentence', () => {
  expect(workWords(WORK)).toBe('3 commits ahead, 2 behind its base, +120 −8 in 5 files');
  expect(workWords({ ...WORK, ahead: null })).toBe('no such base here, +120 −8 in 5 files');
});
