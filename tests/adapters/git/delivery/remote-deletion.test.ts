import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { tempRepo } from '../../../support/temp-repo.ts';

function lab() {
  const repo = tempRepo();
  const commit = repo.pushElsewhere('task/one', { 'a.txt': 'a\n' });
  const remove = (at = commit, env = repo.env) =>
    createGit({ env }).deleteRemoteBranch({
      repository: repo.path,
      remote: 'origin',
      branch: 'task/one',
      commit: at,
    });
  const there = () => repo.in(repo.remote)('branch', '--list', 'task/one') !== '';
  /** The remote's own word on every change of a branch. */
  const hook = (text: string) => {
    const path = join(repo.remote, 'hooks', 'update');
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  };
  return { repo, commit, remove, there, hook };
}

test('a branch at the expected commit is deleted, and one that is gone is fine', async () => {
  const { repo, remove, there } = lab();
  const before = repo.git('config', '--list', '--local');
  expect(await remove()).toBe('deleted');
  expect(there()).toBe(false);
  expect(await remove()).toBe('gone');
  expect(repo.git('config', '--list', '--local')).toBe(before);
});

test('a branch with somebody’s newer commit stays', async () => {
  const { repo, commit, remove, there } = lab();
  repo.pushElsewhere('task/one', { 'b.txt': 'b\n' }, 'task/one');
  expect(await remove(commit)).toBe('moved');
  expect(there()).toBe(true);
});

test('a push in the very moment keeps the branch: the lease is the commit itself', async () => {
  const { repo, commit, there } = lab();
  // What asks the remote first sees the old commit; the push then meets the new one.
  const bin = join(repo.root, 'git');
  writeFileSync(
    bin,
    `#!/bin/sh
PATH='${repo.env.PATH}'
case " $* " in *" ls-remote "*) printf '${commit}\\trefs/heads/task/one\\n'; exit 0;; esac
exec git "$@"
`,
    { mode: 0o755 },
  );
  repo.pushElsewhere('task/one', { 'b.txt': 'b\n' }, 'task/one');
  const env = { ...repo.env, PATH: `${repo.root}:${repo.env.PATH}` };
  const git = createGit({ env });
  const answer = await git.deleteRemoteBranch({
    repository: repo.path,
    remote: 'origin',
    branch: 'task/one',
    commit,
  });
  expect(answer).toMatchObject({ refused: true });
  expect(there()).toBe(true);
});

test('a remote that says no is a refusal that will be the same again', async () => {
  const { hook, remove, there } = lab();
  hook('echo "GH006: Protected branch" >&2; exit 1');
  expect(await remove()).toMatchObject({ refused: true, code: 'refused' });
  expect(there()).toBe(true);
});

test('an answer that was lost is read from the remote', async () => {
  const { repo, hook, remove } = lab();
  // The work is done, and the connection dies before git is told.
  const hookText = `(git --git-dir '${repo.remote}' update-ref -d refs/heads/task/one); exit 1`;
  hook(hookText);
  expect(await remove()).toBe('deleted');
});

test('a remote that cannot be reached may be reached later', async () => {
  const { repo, remove } = lab();
  renameSync(repo.remote, join(repo.root, 'away'));
  expect(await remove()).toMatchObject({ refused: true, code: 'environment' });
});
