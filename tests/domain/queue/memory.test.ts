import { expect, test } from 'vitest';
import { memoryWait } from '#domain/queue/memory.ts';

test('nothing starts while memory is short, and it says how short', () => {
  expect(memoryWait(512, 700)).toMatchObject({
    kind: 'memory',
    text: 'too little memory: 512 MB free of 700 wanted',
    until: null,
  });
});

test('enough, unknown or not asked for is no reason to wait', () => {
  expect(memoryWait(700, 700)).toBeNull();
  expect(memoryWait(null, 700)).toBeNull();
  expect(memoryWait(1, 0)).toBeNull();
});
