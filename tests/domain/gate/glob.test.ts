import { expect, test } from 'vitest';
import { matchesGlob } from '#domain/gate/glob.ts';

test.each([
  ['tests/**', 'tests/a/b.ts'],
  ['tests/**/*.ts', 'tests/a.ts'],
  ['tests/', 'tests/a/b.ts'],
  ['tests', 'tests/a.ts'],
  ['./tests/*.ts', 'tests/a.ts'],
  ['*.lock', 'deep/down/yarn.lock'],
  ['vitest.config.{ts,js}', 'packages/a/vitest.config.js'],
  ['.github/workflows/*.yml', '.github/workflows/ci.yml'],
  ['a?c/(x)+[1].ts', 'abc/(x)+[1].ts'],
  ['{open', '{open'.slice(1)],
])('%s means %s', (glob, path) => {
  expect(matchesGlob(path, glob)).toBe(true);
});

test.each([
  ['tests/*.ts', 'tests/a/b.ts'],
  ['tests/**', 'src/tests.ts'],
  ['src/a.ts', 'src/aXts'],
  ['src/a.ts', 'lib/src/a.ts'],
  ['a?c', 'a/c'],
  ['x}', 'x'],
])('%s does not mean %s', (glob, path) => {
  expect(matchesGlob(path, glob)).toBe(false);
});
