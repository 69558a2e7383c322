import { describe, expect, test } from 'vitest';
import {
  anchorOf,
  formatPlace,
  linesAt,
  placeOf,
  quoteOf,
  readPlace,
  whyNotComment,
} from '#domain/review/comment.ts';
import { type FileDiff, parseDiff } from '#domain/review/diff.ts';

function fileOf(body: string, start = 1): FileDiff {
  const [file] = parseDiff(
    `diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -${start} +${start} @@\n${body}`,
  );
  if (file === undefined) throw new Error('No file.');
  return file;
}

const FILE = fileOf(' one\n-two\n+TWO\n three\n');
const LINES = FILE.hunks[0]?.lines ?? [];

test.each([
  ['src/a.ts:12', { file: 'src/a.ts', side: 'new', fromLine: 12, toLine: 12 }],
  ['odd:name:1-3', { file: 'odd:name', side: 'new', fromLine: 1, toLine: 3 }],
])('the place %s is read, and written as it was', (text, place) => {
  const read = readPlace(text, 'new');
  expect(read).toEqual(place);
  expect(formatPlace(place)).toBe(text);
});

test.each(['src/a.ts', 'src/a.ts:0', 'a:3-2', ':3', 'a:x'])('"%s" is no place', (text) => {
  expect(readPlace(text, 'new')).toMatchObject({ refused: true, code: 'invalid' });
});

describe('chosen lines', () => {
  test('are told by the new file where any of them is in it, and quoted with their signs', () => {
    expect(placeOf('f', LINES.slice(1, 4))).toEqual({
      ...{ file: 'f', side: 'new', fromLine: 2, toLine: 3, quote: '-two\n+TWO\n three' },
    });
  });

  test('that are all deleted are told by the old file', () => {
    expect(placeOf('f', LINES.slice(1, 2))).toMatchObject({ side: 'old', fromLine: 2, toLine: 2 });
    expect(placeOf('f', [])).toBeNull();
  });

  test('are found again by their numbers', () => {
    const lines = linesAt(FILE, { side: 'new', fromLine: 1, toLine: 2 });
    expect(quoteOf(lines)).toBe(' one\n-two\n+TWO');
    expect(linesAt(FILE, { side: 'new', fromLine: 3, toLine: 4 })).toEqual([]);
  });
});

describe('a comment', () => {
  const comment = { side: 'new', fromLine: 2, quote: '+TWO\n three' } as const;

  test('stands after its last line', () => {
    expect(anchorOf(comment, FILE)).toEqual({ hunk: 0, line: 3 });
  });

  test('follows its lines when they move, to the nearest that read the same', () => {
    const moved = fileOf('+TWO\n three\n+x\n+TWO\n three\n', 40);
    expect(anchorOf({ ...comment, fromLine: 42 }, moved)).toEqual({ hunk: 0, line: 4 });
    expect(anchorOf({ ...comment, fromLine: 2 }, moved)).toEqual({ hunk: 0, line: 1 });
  });

  test('has no place when its lines read otherwise', () => {
    expect(anchorOf(comment, fileOf(' one\n+2\n three\n'))).toBeNull();
  });

  test('needs words, and not too many', () => {
    expect(whyNotComment(' \n')).toMatchObject({ code: 'invalid' });
    expect(whyNotComment('x'.repeat(10_001))).toMatchObject({ code: 'invalid' });
    expect(whyNotComment('Why?')).toBeUndefined();
  });
});
