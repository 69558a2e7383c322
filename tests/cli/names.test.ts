import { expect, test } from 'vitest';
import { longName, optionKey, parameterKey } from '#cli/names.ts';

test.each([
  ['-d, --description <text>', 'description', 'description'],
  ['--base-branch <some-name>', 'base-branch', 'baseBranch'],
  ['--no-loop', 'loop', 'loop'],
  ['-x', 'x', 'x'],
])('%s is called %s and sets %s', (flags, long, key) => {
  expect([longName(flags), optionKey(flags)]).toEqual([long, key]);
});

test.each([
  ['<task...>', 'task'],
  ['<text|->', 'text'],
  ['[base-branch]', 'baseBranch'],
  ['path', 'path'],
])('the argument %s sets %s', (name, key) => {
  expect(parameterKey(name)).toBe(key);
});
