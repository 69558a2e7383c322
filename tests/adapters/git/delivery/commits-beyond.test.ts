import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { tempRepo } from '../../../support/temp-repo.ts';

test('names the commits that were not pushed, and fetches what it does not have', async () => {
  const repo = tempRepo();
  const git = createGit({ env: repo.env });
  const ask = (from: string, to: string) =>
    git.commitsBeyond({ repository: repo.path, remote: 'origin', branch: 'one', from, to });
  const pushed = repo.pushElsewhere('one', { 'a.txt': 'a\n' });
  // The remote is ahead of what lies here: nothing is unpushed.
  expect(await ask(pushed, repo.git('rev-parse', 'main'))).toEqual([]);
  repo.git('checkout', '-q', '-b', 'one', pushed);
  repo.commit({ 'b.txt': 'b\n' });
  const to = repo.git('rev-parse', 'HEAD');
  const commit = repo.git('rev-parse', '--short', 'HEAD');
  const subject = repo.git('log', '-1', '--format=%s');
  expect(await ask(pushed, to)).toEqual([{ commit, subject }]);
});
