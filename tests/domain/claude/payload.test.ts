import { expect, test } from 'vitest';
import { list, oneLine, record, text } from '#domain/claude/payload.ts';

test('one line has no control characters and an end', () => {
  expect(oneLine('a\u001b[31m\r\nb\u009b')).toBe('a [31m b');
  expect(oneLine('x'.repeat(500))).toHaveLength(200);
});

test('what has the wrong type counts as missing', () => {
  expect(text({ a: '', b: 1, c: 'x' }, 'a')).toBeNull();
  expect(text({ a: '', b: 1, c: 'x' }, 'b')).toBeNull();
  expect(text({ a: '', b: 1, c: 'x' }, 'c')).toBe('x');
  expect([record(null), record([1]), record({ a: 1 })]).toEqual([{}, {}, { a: 1 }]);
  expect([list('x'), list([1])]).toEqual([[], [1]]);
});
