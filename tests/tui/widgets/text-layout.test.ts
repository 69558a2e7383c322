import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cells } from '#tui/widgets/fit.ts';
import { cursorRow, layOut, moveByRows } from '#tui/widgets/text-layout.ts';

const rowsOf = (text: string, width: number) =>
  layOut(text, width).map(({ start, end }) => text.slice(start, end));

describe('a wrapped text', () => {
  test.each([
    ['', ['']],
    ['one two', ['one two']],
    ['one two three', ['one two ', 'three']],
    ['abcdefghijkl', ['abcdefghi', 'jkl']],
    ['one\n\ntwo', ['one', '', 'two']],
    ['日本語のテキスト', ['日本語の', 'テキスト']],
    ['größer ist es', ['größer ', 'ist es']],
  ])('%j has the rows %j', (text, rows) => {
    expect(rowsOf(text, 10)).toEqual(rows);
  });

  test('loses nothing and no row is wider than the field, but for a space at its end', () => {
    const pieces = fc.constantFrom('a', 'bc', ' ', '👨‍👩‍👧', 'é', '日', '\n', 'word ');
    fc.assert(
      fc.property(fc.array(pieces), fc.integer({ min: 4, max: 20 }), (parts, width) => {
        const text = parts.join('');
        const rows = rowsOf(text, width);
        expect(rows.join('')).toBe(text.replaceAll('\n', ''));
        for (const row of rows) expect(cells(row.trimEnd())).toBeLessThan(width);
      }),
    );
  });

  test('the cursor at a break stands at the start of the next row', () => {
    const rows = layOut('one two three', 10);
    expect(cursorRow(rows, 7)).toBe(0);
    expect(cursorRow(rows, 8)).toBe(1);
  });

  test('up and down keep the column as far as the row reaches', () => {
    const text = 'long line\nab\nlong line';
    expect(moveByRows({ text, cursor: 6 }, 1, 40)?.cursor).toBe(12);
    expect(moveByRows({ text, cursor: 20 }, -1, 40)?.cursor).toBe(12);
    expect(moveByRows({ text, cursor: 3 }, -1, 40)).toBeNull();
    expect(moveByRows({ text, cursor: 20 }, 1, 40)).toBeNull();
  });

  test('a megabyte is laid out again after a key press within a frame or two', () => {
    const text = 'some words of a long prompt\n'.repeat(40_000);
    layOut(text, 80);
    const begun = performance.now();
    layOut(`${text}x`, 80);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
