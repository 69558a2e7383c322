import * as library from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { styledCharsFromTokens, tokenize } from '#tui/widgets/known-cells.ts';

const cellsOf = (text: string) => styledCharsFromTokens(tokenize(text));
const asLibrary = (text: string) => library.styledCharsFromTokens(library.tokenize(text));

test('any text, with colours or without, has the cells that the library says, the first time and again', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\u001b[31m', '\u001b[1;38;5;12m', '\u001b[0m', '日', '👍🏽', '\n'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(cellsOf(text)).toEqual(asLibrary(text));
      expect(cellsOf(text)).toEqual(asLibrary(text));
    }),
    { numRuns: 500 },
  );
});

test('a text that was read is not read again', () => {
  expect(cellsOf('\u001b[31mred\u001b[0m')).toBe(cellsOf('\u001b[31mred\u001b[0m'));
});

test('what is kept has a limit', () => {
  const first = cellsOf('first');
  for (let index = 0; index < 2_000; index += 1) tokenize(`text ${index}`);
  expect(cellsOf('first')).not.toBe(first);
  const long = 'x'.repeat(3_000);
  expect(tokenize(long)).not.toBe(tokenize(long));
});
