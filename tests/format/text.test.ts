import { describe, expect, test } from 'vitest';
import { columnsOf, pad, plainLine, plainText, truncate } from '#format/text.ts';

describe('a text from outside', () => {
  test.each([
    ['a colour', '\u001b[31mred\u001b[0m', 'red'],
    ['a window title', 'a\u001b]0;evil\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['an unfinished sequence', 'a\u001b]52;c;AAAA', 'a'],
    ['a device control string', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['eight-bit controls', 'a\u009b2Jb\u0085c', 'abc'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['bells and backspaces', 'a\u0007\u0008b', 'ab'],
    ['a turned direction', 'a\u202eb\u2066c', 'abc'],
    ['line breaks and tabs', 'a\n\n  b\tc\r\nd', 'a b c d'],
  ])('is one plain line without %s', (_, text, plain) => {
    expect(plainLine(text)).toBe(plain);
  });

  test('keeps its lines where lines are wanted', () => {
    expect(plainText('a\r\nb\tc\u001b[1m\rd\u0007\n')).toBe('a\nb  c\nd\n');
  });

  test('keeps letters of any script and emoji that are joined', () => {
    const text = 'naïve 日本語 العربية 👩‍👩‍👧';
    expect(plainLine(text)).toBe(text);
  });
});

describe('truncate', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['longer than that', 6, 'longe…'],
    ['日本語日本語', 6, '日本…'],
    ['日本語', 6, '日本語'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
    ['anything', 1, '…'],
    ['anything', 0, ''],
  ])('"%s" in %d columns is "%s"', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
    expect(columnsOf(truncate(text, columns))).toBeLessThanOrEqual(columns);
  });

  test('a text of a megabyte takes no longer than a short one', () => {
    const started = performance.now();
    expect(truncate('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxx…');
    expect(performance.now() - started).toBeLessThan(200);
  });
});

test('pad counts columns, not letters', () => {
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad('12', 4, 'end')).toBe('  12');
  expect(pad('日本語', 4)).toBe('日… ');
});
