import { describe, expect, test } from 'vitest';
import { type LiveWork, overlappingPairs } from '#domain/overlap.ts';

const work = (taskId: number, files: string[], stackedOn: number | null = null): LiveWork => ({
  ...{ taskId, files, stackedOn },
});

describe('overlapping pairs', () => {
  test('are those that change the same files, the smaller id first', () => {
    const works = [work(9, ['b', 'a', 'x']), work(4, ['a', 'b', 'y']), work(5, ['z'])];
    expect(overlappingPairs(works)).toEqual([{ taskId: 4, otherId: 9, files: ['a', 'b'] }]);
  });

  test('are none between work and what it stands on, also over a step; those beside each other are', () => {
    const stack = [work(1, ['a']), work(2, ['a'], 1), work(3, ['a'], 2)];
    expect(overlappingPairs(stack)).toEqual([]);
    const beside = [...stack, work(4, ['a'], 1)];
    const ids = overlappingPairs(beside).map(({ taskId, otherId }) => [taskId, otherId]);
    expect(ids).toEqual([
      [2, 4],
      [3, 4],
    ]);
  });

  test('end also where tasks stand on each other in a circle', () => {
    const circle = [work(1, ['a'], 2), work(2, ['a'], 1), work(3, ['a'], 3), work(4, ['a'], 99)];
    expect(overlappingPairs(circle)).toHaveLength(5);
  });

  test('and their files have a limit; those with the most come first', () => {
    const many = Array.from({ length: 300 }, (_, index) => `f${index}`);
    const works = Array.from({ length: 30 }, (_, index) => work(index + 1, many.slice(0, 20)));
    const pairs = overlappingPairs([...works, work(98, many), work(99, many)]);
    expect(pairs).toHaveLength(50);
    expect(pairs[0]).toMatchObject({ taskId: 98, otherId: 99 });
    expect(pairs[0]?.files).toHaveLength(100);
  });
});
