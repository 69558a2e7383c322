import { expect, test } from 'vitest';
import { isNewMemory, memoryWait, shortMemory } from '#domain/queue/memory.ts';

test('nothing starts while memory is short, and it says how short', () => {
  expect(memoryWait(shortMemory(512, 700))).toMatchObject({
    kind: 'memory',
    text: 'too little memory: 512 MB free of 700 wanted',
    until: null,
  });
});

test('enough, or unknown, is no reason to wait', () => {
  expect(shortMemory(700, 700)).toBeNull();
  expect(shortMemory(null, 700)).toBeNull();
  expect(memoryWait(null)).toBeNull();
});

test('a reading is kept when it begins, ends, or is another by much', () => {
  const short = { freeMb: 500, wantedMb: 700 };
  expect(isNewMemory(null, null)).toBe(false);
  expect(isNewMemory(null, short)).toBe(true);
  expect(isNewMemory(short, null)).toBe(true);
  expect(isNewMemory(short, { ...short, freeMb: 520 })).toBe(false);
  expect(isNewMemory(short, { ...short, freeMb: 400 })).toBe(true);
  expect(isNewMemory(short, { ...short, wantedMb: 800 })).toBe(true);
});
