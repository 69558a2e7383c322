import { expect, test } from 'vitest';
import { createBox, drawBox } from '#demo/agent/box.ts';

const enter = { kind: 'name', name: 'enter' } as const;
const clear = { kind: 'name', name: 'clear' } as const;

test('Enter submits a text, and nothing else', () => {
  const box = createBox();
  expect(box.press(enter)).toBe(false);
  box.press({ kind: 'paste', text: 'one\ntwo' });
  expect(box.press(enter)).toBe(true);
});

test('a last backslash makes Enter a new line, a last @name takes its completion', () => {
  const box = createBox();
  box.set('one\\');
  expect([box.press(enter), box.text]).toEqual([false, 'one\n']);
  box.set('see @file');
  expect([box.press(enter), box.press(enter), box.text]).toEqual([false, true, 'see @file ']);
});

test('each C-u takes one line', () => {
  const box = createBox();
  box.set('one\n\nthree');
  box.press(clear);
  expect(box.text).toBe('one\n');
  box.press(clear);
  box.press(clear);
  expect(box.text).toBe('');
});

test('it is drawn between two rules, its end in sight', () => {
  const { lines, cursor } = drawBox('a\nbc', 10);
  expect(lines).toEqual(['──────────', '❯ a', '  bc', '──────────']);
  expect(cursor).toEqual({ line: 2, column: 4 });
  expect(drawBox('x\n'.repeat(40), 10).lines).toHaveLength(12);
});
