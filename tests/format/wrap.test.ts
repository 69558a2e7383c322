import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, plainLine } from '#format/text.ts';
import { wrap } from '#format/wrap.ts';

test.each([
  ['the quick brown fox', 10, ['the quick', 'brown fox']],
  ['', 10, ['']],
  ['  two   blanks  ', 20, ['two blanks']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['a abcdefgh', 4, ['a', 'abcd', 'efgh']],
  ['日本語の文', 4, ['日本', '語の', '文']],
  ['日本語', 5, ['日本', '語']],
  ['a\u001b[31mb\u202e\nc', 10, ['ab c']],
])('%j in %d columns', (text, columns, lines) => {
  expect(wrap(text, columns)).toEqual(lines);
});

test('no line is too wide, and nothing but blanks is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '日', '👩‍👩‍👦', 'é', '\u0007') }),
      fc.integer({ min: 2, max: 12 }),
      (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(plainLine(text).replaceAll(' ', ''));
      },
    ),
  );
});
