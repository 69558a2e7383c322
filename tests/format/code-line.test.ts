import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeLine } from '#format/code-line.ts';

test.each([
  ['plain', 'plain'],
  ['\tx\ty', '    x   y'],
  ['日\tx', '日  x'],
  ['end\r', 'end␍'],
  ['a\u001b[31mb', 'a<U+001B>[31mb'],
  ['if (admin) \u202e{', 'if (admin) <U+202E>{'],
  ['zero\u200bwidth', 'zero<U+200B>width'],
  ['👩‍🚀 stays', '👩‍🚀 stays'],
])('%j is shown as %j', (text, shown) => {
  expect(codeLine(text)).toBe(shown);
});

test('nothing that a terminal obeys is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(codeLine(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});
