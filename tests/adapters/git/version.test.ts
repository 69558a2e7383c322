import { expect, test } from 'vitest';
import { readGitVersion } from '#adapters/git/version.ts';
import { isRefusal } from '#domain/error.ts';

const saying = (stdout: string) => async () => ({ exitCode: 0, stdout, stderr: '' });

test.each([
  ['git version 2.39.5\n', '2.39.5'],
  ['git version 2.51.0.windows.1', '2.51.0'],
  ['git version 3.0.1 (Apple Git-1)', '3.0.1'],
])('%j is read as %s', async (said, version) => {
  expect(await readGitVersion(saying(said), {})).toBe(version);
});

test.each([['git version 2.37.1'], ['nonsense']])('%j is refused', async (said) => {
  expect(isRefusal(await readGitVersion(saying(said), {}))).toBe(true);
});
