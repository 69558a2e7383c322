import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffPath, headerPaths, sidePath } from '#domain/review/diff-path.ts';

test.each([
  ['plain name', 'plain name'],
  ['"with \\"quotes\\" and \\\\"', 'with "quotes" and \\'],
  ['"tab\\tand\\nbreak"', 'tab\tand\nbreak'],
  ['"\\303\\244.txt"', 'ä.txt'],
  ['"no end', '"no end'],
])('%s is %s', (written, path) => {
  expect(diffPath(written)).toBe(path);
});

test.each([
  ['a/x', 'x'],
  ['b/with blank\t', 'with blank'],
  ['"b/tab\\there"', 'tab\there'],
  ['/dev/null', null],
])('the side %s is %s', (written, path) => {
  expect(sidePath(written)).toBe(path);
});

test.each([
  ['diff --git a/x y b/x y', 'x y', 'x y'],
  ['diff --git "a/\\ta" "b/\\ta"', '\ta', '\ta'],
  ['diff --git a/x "b/\\ta"', 'x', '\ta'],
  ['diff --git a/x b/other', null, null],
  ['diff --cc x y', 'x y', 'x y'],
])('%s', (line, oldPath, newPath) => {
  expect(headerPaths(line)).toEqual({ oldPath, newPath });
});

test('a path without quotes in it is found whatever else it holds', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (path) => {
      fc.pre(!path.includes('"'));
      expect(headerPaths(`diff --git a/${path} b/${path}`)).toEqual({
        oldPath: path,
        newPath: path,
      });
    }),
  );
});
