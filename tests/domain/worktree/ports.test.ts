import { expect, test } from 'vitest';
import { doMeet, freeBlock } from '#domain/worktree/ports.ts';

const at = (first: number, count = 10) => ({ first, count });

test('blocks stand side by side, and a gap is filled', () => {
  expect(freeBlock(21_000, 10, [])).toEqual(at(21_000));
  expect(freeBlock(21_000, 10, [at(21_000)])).toEqual(at(21_010));
  expect(freeBlock(21_000, 10, [at(21_000), at(21_020)])).toEqual(at(21_010));
});

test('a block of another size is not met, where the settings changed meanwhile', () => {
  expect(freeBlock(21_000, 10, [at(20_995, 7)])).toEqual(at(21_010));
  expect(freeBlock(21_000, 5, [at(21_000, 12)])).toEqual(at(21_015, 5));
  expect(doMeet(at(21_000), at(21_009, 1))).toBe(true);
  expect(doMeet(at(21_000), at(21_010, 1))).toBe(false);
});

test('there is an end to the ports', () => {
  expect(freeBlock(65_530, 6, [])).toEqual(at(65_530, 6));
  expect(freeBlock(65_530, 7, [])).toBeNull();
  expect(freeBlock(65_500, 10, [at(65_500, 36)])).toBeNull();
});
