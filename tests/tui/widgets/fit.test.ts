import { describe, expect, test } from 'vitest';
import { cells, clip, filled, wrap } from '#tui/widgets/fit.ts';

describe('text in cells', () => {
  test.each([
    ['plain', 5],
    ['日本', 4],
    ['👨‍👩‍👧', 2],
    ['─●✓', 3],
    ['é', 1],
  ])('%s takes %i', (text, width) => {
    expect(cells(text)).toBe(width);
  });

  test.each([
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['a👨‍👩‍👧b', 3, 'a…'],
    [`${'\u200b'.repeat(1000)}ab`, 3, '…'],
    ['abc', 0, ''],
  ])('%s is cut to %i cells as %s', (text, width, cut) => {
    expect(clip(text, width)).toBe(cut);
    expect(cells(filled(text, width))).toBe(width);
  });

  test.each([
    ['one two three', 8, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a\n\nb', 4, ['a', '', 'b']],
    ['', 4, ['']],
  ])('%j is broken into %i cells', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('more lines than the limit end in an ellipsis', () => {
    expect(wrap('one two three four', 5, 2)).toEqual(['one', 'two…']);
    expect(wrap('x'.repeat(10_000_000), 10, 2)).toHaveLength(2);
  });
});
