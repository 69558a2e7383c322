import { describe, expect, test } from 'vitest';
import { findCycle } from '#domain/dependency.ts';

describe('circles of dependencies', () => {
  const edges = [
    { taskId: 2, afterId: 1 },
    { taskId: 3, afterId: 2 },
  ];

  test('are found and written out', () => {
    expect(findCycle(edges, 1, 3)).toEqual([1, 3, 2, 1]);
    expect(findCycle([], 1, 1)).toEqual([1, 1]);
  });

  test('are not seen where there are none', () => {
    expect(findCycle(edges, 4, 3)).toBeNull();
    expect(findCycle(edges, 3, 1)).toBeNull();
  });
});
