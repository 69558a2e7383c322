import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { steady } from '#tui/widgets/steady.ts';

test.each([
  ['a family', '👨‍👩‍👧', '👨'],
  ['a skin tone', '👍🏽', '👍'],
  ['a heart on fire', '❤️‍🔥', '❤'],
  ['letters that are joined', 'ක්‍ර', 'ක්ර'],
  ['a heart that may be red', '❤️', '❤'],
  ['a keycap', '1️⃣', '1'],
  ['a flag', '🇩🇪', 'DE'],
  ['what nobody sees', 'a\u200bb\u00ad\u3164\u{e0041}c', 'abc'],
  ['what turns the direction', 'a\u202eb\u2066c', 'abc'],
  ['controls', 'a\u001bb\u0007\u009bc\t', 'abc'],
  ['letters that are written as parts', 'e\u0301', 'é'],
  ['marks that stand on nothing', '\u200b\u0301\u0323a', 'a'],
  ['ends of syllables that none begins', 'Z\u0301\u1161\u11ab\u1112\u1161\u11abZ', 'Ź한Z'],
  ['a vowel between a mark and its letter', '\u1161\u0301a', 'a'],
  ['a sign of its own cell beside a letter of two', '한\u0bbe日\u0e33க\u0bbeกำ', '한日காกำ'],
  ['signs that join what comes after them', '\u{1193f}\u05c6\u060012', '\u05c612'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['words in any script', '日本語 für हिन्दी', '日本語 für हिन्दी'],
])('%s', (_, text, drawn) => {
  expect(steady(text)).toBe(drawn);
});

/** Letters of Hangul in parts, and marks: what joins with what stands before it. */
const joining = fc.constantFrom(
  '\u1112',
  '\u1161',
  '\u119e',
  '\u11ab',
  '\ud7cb',
  '\ua960',
  '\u0301',
  '\u0bbe',
  '\u0e33',
  '한',
);
const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), joining), {
  maxLength: 20,
});

test('the width is that of the characters, one by one', () => {
  fc.assert(
    fc.property(text, (parts) => {
      const text = parts.join('');
      const drawn = steady(text);
      const sum = Array.from(drawn).reduce((width, each) => width + stringWidth(each), 0);
      expect(sum).toBe(stringWidth(drawn));
    }),
    { numRuns: 1_000 },
  );
});
