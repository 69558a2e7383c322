import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whyNotBranchName } from '#domain/form/branch-name.ts';

test.each([
  ['-x', 'begins with "-"'],
  ['HEAD', 'keeps for itself'],
  ['fix login', 'has a blank'],
  ['fix~1', 'has one of'],
  ['a..b', 'has ".."'],
  ['a//b', 'has a "/"'],
  ['a/.b', 'begins with "."'],
  ['a.lock/b', 'ends with ".lock"'],
  ['a.', 'ends with "."'],
])('%s is no name, and the reason is said', (name, reason) => {
  expect(whyNotBranchName(name)?.reason).toContain(reason);
});

test('an empty text and usual names are fine', () => {
  for (const name of ['', 'main', 'fix/login-2', 'größe', 'a@b', 'v1.2', 'head']) {
    expect(whyNotBranchName(name)).toBeUndefined();
  }
});

test('git is of the same opinion', () => {
  const piece = fc.constantFrom(...'ab./-@{~^:?*[\\ _', '.lock', '..', 'HEAD', '//', '\u0007', 'ü');
  const name = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, (text) => {
      // Words that git would take for something else on a command line are refused by us alone.
      fc.pre(!/^(?:-.*|HEAD|@)$/.test(text));
      const git = spawnSync('git', ['check-ref-format', `refs/heads/${text}`]);
      expect(whyNotBranchName(text) === undefined, text).toBe(git.status === 0);
    }),
    { numRuns: 150 },
  );
});
