import { expect, test } from 'vitest';
import { slug, whyNotName } from '#domain/project.ts';

test.each([
  ['app', true],
  ['Größe ✓', true],
  ['../x', true],
  ['', false],
  ['   ', false],
  ['a\nb', false],
  ['x'.repeat(101), false],
])('the name %j is fine: %s', (name, fine) => {
  expect(whyNotName(name) === undefined).toBe(fine);
});

test('a slug holds only small letters, digits and single dashes, and is never empty', () => {
  expect(slug('Héllo,  Wörld!', 40, 'x')).toBe('hello-world');
  expect(slug('…', 40, 'fallback')).toBe('fallback');
  expect(slug('abcdef-ghi', 7, 'x')).toBe('abcdef');
});
