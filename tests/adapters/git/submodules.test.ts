import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { isRefusal } from '#domain/error.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

/** A repository whose main working tree never initialised its submodule "lib", which has one of its own, "inner". */
async function lab() {
  const repo = tempRepo();
  const at = repo.in(repo.root);
  for (const name of ['inner', 'lib']) {
    at('init', '--quiet', name);
    repo.commit({ [`${name}.txt`]: `${name}\n` }, join(repo.root, name));
  }
  repo.in(join(repo.root, 'lib'))('submodule', '--quiet', 'add', join(repo.root, 'inner'), 'inner');
  repo.in(join(repo.root, 'lib'))('commit', '--quiet', '-m', 'inner');
  repo.pushElsewhere('unrelated', { x: '1' });
  at('clone', '--quiet', repo.remote, 'author');
  const author = repo.in(join(repo.root, 'author'));
  author('submodule', '--quiet', 'add', join(repo.root, 'lib'), 'lib');
  author('commit', '--quiet', '-m', 'lib');
  author('push', '--quiet', 'origin', 'HEAD:main');
  const path = repo.worktree('x');
  const place = { repository: repo.path, worktree: path };
  const git = createGit({ env: repo.env });
  const add = () =>
    git.addWorktree({ repository: repo.path, path, branch: 'x', base: 'main', remote: 'origin' });
  const save = () => git.saveWork({ ...place, branch: 'x', baseCommit: null, name: 't1' });
  return { ...repo, x: path, place, adapter: git, add, save };
}

test('submodules are there, nested ones too, and .git/config is untouched', async () => {
  const one = await lab();
  const before = one.config();
  expect(await one.add()).toMatchObject({ notes: [] });
  expect(readFileSync(join(one.x, 'lib/inner/inner.txt'), 'utf8')).toBe('inner\n');
  expect(one.in(one.x)('status', '--porcelain')).toBe('');
  expect(one.config()).toBe(before);
});

test('a submodule that cannot be fetched is noted, and the worktree stands', async () => {
  const one = await lab();
  renameSync(join(one.root, 'lib'), join(one.root, 'lib-away'));
  const result = await one.add();
  if (isRefusal(result)) throw new Error(result.reason);
  expect(result.notes).toHaveLength(1);
  expect(result.notes[0]).toMatch(/^The submodules could not be checked out: /);
  expect(existsSync(join(one.x, 'README.md'))).toBe(true);
});

test('a worktree with submodules is saved, removed and restored', async () => {
  const one = await lab();
  await one.add();
  const before = one.config();
  writeFiles(one.x, { 'README.md': 'changed\n' });
  expect(await one.save()).toMatchObject({ changed: 1 });
  await one.adapter.removeWorktree({ ...one.place, branch: 'x', deleteBranch: true });
  expect(existsSync(one.x)).toBe(false);
  expect(await one.adapter.restoreWork({ ...one.place, name: 't1' })).toMatchObject({
    branch: 'x',
  });
  expect(one.in(one.x)('status', '--porcelain')).toBe(' M README.md');
  expect(existsSync(join(one.x, 'lib/inner/inner.txt'))).toBe(true);
  expect(one.config()).toBe(before);
});

test('work inside of a submodule is refused to be saved: it would go with the worktree', async () => {
  const one = await lab();
  await one.add();
  const inner = join(one.x, 'lib/inner');
  one.in(inner)('checkout', '--quiet', '-b', 'aside');
  one.in(inner)('commit', '--quiet', '--allow-empty', '-m', 'on another branch');
  one.in(inner)('checkout', '--quiet', '--detach', 'HEAD~1');
  expect(await one.save()).toMatchObject({ refused: true });
  one.in(inner)('branch', '--quiet', '-D', 'aside');
  writeFiles(inner, { 'inner.txt': 'stashed\n' });
  one.in(inner)('stash', '--quiet');
  expect(await one.save()).toMatchObject({ refused: true });
  one.in(inner)('stash', 'drop', '--quiet');
  writeFiles(inner, { 'new.txt': '1' });
  expect(await one.save()).toMatchObject({ refused: true, reason: expect.stringContaining('lib') });
  one.in(inner)('add', 'new.txt');
  one.in(inner)('commit', '--quiet', '-m', 'unpushed');
  expect(await one.save()).toMatchObject({ refused: true });
  one.in(inner)('push', '--quiet', 'origin', 'HEAD:refs/heads/pushed');
  one.in(inner)('fetch', '--quiet');
  one.in(join(one.x, 'lib'))('commit', '--quiet', '-a', '-m', 'unpushed');
  rmSync(join(one.x, '.gitmodules'));
  expect(await one.save()).toMatchObject({ refused: true });
});

test('a submodule at another, pushed commit comes back at that commit', async () => {
  const one = await lab();
  await one.add();
  const lib = join(one.x, 'lib');
  const newer = one.commit({ 'newer.txt': '1' }, join(one.root, 'lib'));
  one.in(lib)('fetch', '--quiet');
  one.in(lib)('checkout', '--quiet', newer);
  const status = one.in(one.x)('status', '--porcelain=v2');
  expect(await one.save()).toMatchObject({ changed: 1 });
  await one.adapter.removeWorktree({ ...one.place, branch: 'x', deleteBranch: true });
  await one.adapter.restoreWork({ ...one.place, name: 't1' });
  expect(one.in(one.x)('status', '--porcelain=v2')).toBe(status);
});
