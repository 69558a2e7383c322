import { expect, test } from 'vitest';
import { createGrab } from '#tui/mouse/grab.ts';

const report = (code: number, released = false) => ({ code, x: 0, y: 0, released });
const [PRESS, RELEASE, DRAG, WHEEL] = [report(0), report(0, true), report(32), report(64)];

test('what happens inside is the program’s', () => {
  const ownerOf = createGrab();
  for (const each of [PRESS, DRAG, RELEASE, WHEEL]) expect(ownerOf(each, true)).toBe('program');
});

test('a button that went down inside comes up as the program’s, wherever that is', () => {
  const ownerOf = createGrab();
  ownerOf(PRESS, true);
  expect(ownerOf(DRAG, false)).toBe('program');
  expect(ownerOf(RELEASE, false)).toBe('program');
  expect(ownerOf(DRAG, false)).toBe('nobody');
});

test('outside a click is the dashboard’s, and nothing else is anybody’s', () => {
  const ownerOf = createGrab();
  expect(ownerOf(WHEEL, false)).toBe('nobody');
  expect(ownerOf(RELEASE, false)).toBe('nobody');
  expect(ownerOf(PRESS, false)).toBe('dashboard');
  expect(ownerOf(RELEASE, false)).toBe('nobody');
});
