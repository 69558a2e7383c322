import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { quickWidth } from '#format/quick-width.ts';

const SYMBOLS = '● ◐ ☐ ✓ ✎ ◌ ⚠ ⊘ ✗ ▸ ◆ … · → ─│╭╮╰╯ █░ ⠋⠙ « » é ß ☐ ⚠';

test.each([
  ['', 0],
  ['plain text', 10],
  ['\u001b[1;31mred\u001b[0m', 3],
  ['日本語', 6],
  ['👩‍🚀', 2],
  ['⚠️', 2],
  ['e\u0301', 1],
])('%j takes %i columns', (text, columns) => {
  expect(quickWidth(text)).toBe(columns);
});

test('each symbol of the screen is as wide as the library says', () => {
  for (const symbol of SYMBOLS) expect(quickWidth(symbol)).toBe(stringWidth(symbol));
});

test('every character that is counted quickly is counted right', () => {
  for (let code = 0x20; code < 0x3000; code += 1) {
    const character = String.fromCodePoint(code);
    expect([code, quickWidth(character)]).toEqual([code, stringWidth(character)]);
  }
});

test('any text, with colours or without, is as wide as the library says', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '\u001b[31m',
      '\u001b[0m',
      '─',
      '●',
      '\ufe0f',
      '\u200d',
      '\u0301',
      '👍🏽',
      '\t',
      '\n',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(quickWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: 2000 },
  );
});
