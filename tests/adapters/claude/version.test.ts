import { expect, test } from 'vitest';
import { isAtLeast, parseVersion } from '#adapters/claude/version.ts';

test.each([
  ['2.1.197 (Claude Code)\n', [2, 1, 197]],
  ['claude 10.0.1-beta', [10, 0, 1]],
  ['no version', null],
] as const)('%j is read as %j', (output, version) => {
  expect(parseVersion(output)).toEqual(version);
});

test.each([
  ['2.1.197', '2.1.197', true],
  ['2.1.197', '2.1.84', true],
  ['2.1.9', '2.1.84', false],
  ['3.0.0', '2.9.9', true],
  ['1.9.9', '2.0.0', false],
  ['unknown', '1.0.0', false],
])('%s is at least %s: %s', (version, wanted, expected) => {
  expect(isAtLeast(version, wanted)).toBe(expected);
});
