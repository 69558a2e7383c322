import { describe, expect, test } from 'vitest';
import { gitFailure, knownRefusal, lastWords } from '#adapters/git/errors.ts';

const failed = (stderr: string) => ({ exitCode: 128, stdout: '', stderr });

describe('a failure that git is known for becomes a sentence', () => {
  test.each([
    [
      "fatal: unable to access 'https://h/x/': Could not resolve host: h",
      'environment',
      /host was not found/,
    ],
    ['ssh: connect to host h port 22: Connection refused', 'environment', /could not be reached/],
    [
      "fatal: could not read Username for 'https://h': terminal prompts disabled",
      'environment',
      /asks for a login/,
    ],
    [
      'git@h: Permission denied (publickey).\r\nfatal: Could not read from remote repository.',
      'environment',
      /ssh key/,
    ],
    ["fatal: '/x' does not appear to be a git repository", 'environment', /no git repository/],
    [
      'fatal: not a git repository (or any of the parent directories): .git',
      'refused',
      /no git repository/,
    ],
    ["fatal: detected dubious ownership in repository at '/r'", 'environment', /"\/r"/],
    ["fatal: 'x' is already checked out at '/w/$1'", 'refused', /"\/w\/\$1"/],
    ["fatal: 'x' is already used by worktree at '/w'", 'refused', /"\/w"/],
    [
      "fatal: Unable to create '/r/.git/index.lock': File exists.",
      'refused',
      /Another git process/,
    ],
    [
      "error: cannot lock ref 'refs/remotes/o/m': is at a but expected b",
      'refused',
      /Another git process/,
    ],
    ['fatal: write error: No space left on device', 'environment', /disk is full/],
    ["error: unknown option `write-tree'", 'environment', /too old/],
    [
      'error: object file .git/objects/aa is empty\nfatal: loose object aa is corrupt',
      'environment',
      /damaged/,
    ],
  ])('%s', (stderr, code, reason) => {
    expect(knownRefusal(failed(stderr))).toMatchObject({
      code,
      reason: expect.stringMatching(reason),
    });
    expect(knownRefusal(failed(stderr))?.hint).toMatch(/\.$/);
  });
});

test('an unknown failure is no refusal but an error with its last words', () => {
  const result = failed('hint: this\nfatal: the moon is full\n');
  expect(knownRefusal(result)).toBeNull();
  expect(gitFailure('It failed', ['x'], result)).toMatchObject({
    code: 'internal',
    message: 'It failed: fatal: the moon is full',
    details: { args: ['x'], exitCode: 128 },
  });
});

test('last words hold no control characters, no passwords and have an end', () => {
  const words = lastWords(
    failed(`fatal: \u001b[31mhttps://me:secret@h/x\u0007 ${'x'.repeat(999)}`),
  );
  expect(words).toMatch(/^fatal: \[31mhttps:\/\/h\/x x+$/);
  expect(words).toHaveLength(300);
});
