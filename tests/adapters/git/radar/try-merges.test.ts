import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { type TempRepo, tempRepo, writeFiles } from '../../../support/temp-repo.ts';

function lab() {
  const repo = tempRepo({ remote: false });
  repo.commit({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' });
  const git = createGit({ env: repo.env });
  const side = (name: string, committed: Record<string, string>, open: Record<string, string>) => {
    const worktree = repo.worktree(name);
    repo.git('worktree', 'add', '--quiet', '-b', name, worktree, 'main');
    if (Object.keys(committed).length > 0) repo.commit(committed, worktree);
    writeFiles(worktree, open);
    const head = repo.in(worktree)('rev-parse', 'HEAD');
    return { worktree, head, uncommitted: Object.keys(open) };
  };
  return { repo, git, side };
}

/** Everything that must not change: refs, the objects, each worktree's index and files. */
function world(repo: TempRepo, worktrees: readonly string[]): unknown {
  return [
    repo.git('for-each-ref'),
    repo.git('count-objects', '-v'),
    readdirSync(join(repo.path, '.git')).sort(),
    ...worktrees.map((path) => [
      repo.in(path)('ls-files', '--stage', '--debug'),
      repo.in(path)('status', '--porcelain'),
    ]),
  ];
}

test('committed and uncommitted content of both sides is merged, and nothing of it stays', async () => {
  const { repo, git, side } = lab();
  const one = side('one', { 'a.txt': 'ONE\ntwo\nthree\n' }, { 'b.txt': 'mine\n' });
  const other = side('other', { 'a.txt': 'one\ntwo\nTHREE\n' }, { 'b.txt': 'theirs\n' });
  const third = side('third', { 'a.txt': 'eins\ntwo\nthree\n' }, {});
  const paths = [one, other, third].map(({ worktree }) => worktree);
  const before = world(repo, paths);
  expect(
    await git.tryMerges(repo.path, [
      [one, other],
      [one, third],
      [other, third],
    ]),
  ).toEqual([['b.txt'], ['a.txt'], []]);
  expect(world(repo, paths)).toEqual(before);
});

test('a file that both wrote anew conflicts; one that was removed here and changed there, too', async () => {
  const { repo, git, side } = lab();
  const one = side('one', {}, { 'new.txt': '1\n' });
  const other = side('other', {}, { 'new.txt': '2\n' });
  expect(await git.tryMerges(repo.path, [[one, other]])).toEqual([['new.txt']]);
  rmSync(join(one.worktree, 'b.txt'));
  const removed = { ...one, uncommitted: ['b.txt'] };
  const changed = side('changed', { 'b.txt': 'more\n' }, {});
  expect(await git.tryMerges(repo.path, [[removed, changed]])).toEqual([['b.txt']]);
});

test('what cannot be told is unknown, and does not take the other pairs with it', async () => {
  const { repo, git, side } = lab();
  const one = side('one', { 'a.txt': 'ONE\n' }, {});
  const other = side('other', { 'a.txt': 'TWO\n' }, { 'huge.bin': '' });
  truncateSync(join(other.worktree, 'huge.bin'), 9 * 1024 * 1024);
  const lost = { ...one, head: 'f'.repeat(40) };
  const small = { ...other, uncommitted: [] };
  const pairs = [
    [one, other],
    [lost, small],
    [one, small],
  ] as const;
  expect(await git.tryMerges(repo.path, pairs)).toEqual([null, null, ['a.txt']]);
});
