import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cells } from '#tui/widgets/fit.ts';
import { breakText, countRows, marked, splitSpans } from '#tui/widgets/span-rows.ts';

const clusters = new Intl.Segmenter();

test('a text is broken into rows that fit and together are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const rows = breakText(text, width);
      expect(rows.join('')).toBe(text);
      const wide = rows.filter((row) => cells(row) > width);
      // One character may be wider than the row; it has a row of its own.
      expect(wide.filter((row) => [...clusters.segment(row)].length > 1)).toEqual([]);
      expect(countRows(text, width)).toBe(rows.length);
    }),
  );
});

test('wide characters are not cut in two', () => {
  expect(breakText('日本語', 5)).toEqual(['日本', '語']);
  expect(countRows('', 5)).toBe(1);
});

test('what a pattern finds has another look, also where a row ends in it', () => {
  const found = { inverse: true };
  const spans = marked('one two one', {}, /one/gu, found);
  expect(spans).toEqual([
    { text: 'one', look: found },
    { text: ' two ', look: {} },
    { text: 'one', look: found },
  ]);
  expect(splitSpans(spans, ['on', 'e two o', 'ne'])).toEqual([
    [{ text: 'on', look: found }],
    [
      { text: 'e', look: found },
      { text: ' two ', look: {} },
      { text: 'o', look: found },
    ],
    [{ text: 'ne', look: found }],
  ]);
  expect(marked('plain', {}, null, found)).toEqual([{ text: 'plain', look: {} }]);
});
