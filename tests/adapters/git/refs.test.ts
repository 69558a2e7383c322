import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { tempRepo } from '../../support/temp-repo.ts';

test('a branch is found here, at the remote, in a working tree, or nowhere', async () => {
  const repo = tempRepo();
  repo.git('branch', 'feature/one');
  repo.git('push', '--quiet', 'origin', 'main:there');
  repo.git('fetch', '--quiet', 'origin');
  repo.git('worktree', 'add', '--quiet', '-b', 'used', repo.worktree('used'));
  const names = ['main', 'feature/one', 'feature', 'there', 'used', 'nowhere'];
  const found = await createGit({ env: repo.env }).findBranches(repo.path, 'origin', names);
  expect(Object.fromEntries(found as Map<string, unknown>)).toEqual({
    main: { local: true, fetched: true, checkedOut: repo.path },
    'feature/one': { local: true, fetched: false, checkedOut: null },
    feature: { local: false, fetched: false, checkedOut: null },
    there: { local: false, fetched: true, checkedOut: null },
    used: { local: true, fetched: false, checkedOut: repo.worktree('used') },
    nowhere: { local: false, fetched: false, checkedOut: null },
  });
});
