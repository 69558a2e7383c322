import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { isRefusal } from '#domain/error.ts';
import { tempRepo, writeFiles } from '../../../support/temp-repo.ts';

function lab(options: { remote: boolean } = { remote: true }) {
  const repo = tempRepo(options);
  repo.commit({ 'a.txt': '1\n2\n3\n' });
  if (options.remote) repo.git('push', '--quiet', 'origin', 'main');
  const baseCommit = repo.git('rev-parse', 'HEAD');
  const worktree = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', worktree);
  const git = createGit({ env: repo.env });
  const read = (more: { remote?: string | null; base?: string; baseCommit?: string } = {}) =>
    git.readWork({ worktree, baseCommit, base: 'main', remote: 'origin', ...more });
  return { ...repo, worktree, read, at: repo.in(worktree) };
}

const file = (path: string, change: 'added' | 'modified' | 'deleted') => ({
  ...{ path, change, binary: false, bytes: null },
});

test('an untouched worktree has changed nothing and is level with its base', async () => {
  const one = lab();
  expect(await one.read()).toEqual({
    head: one.at('rev-parse', 'HEAD'),
    ahead: 0,
    behind: 0,
    files: 0,
    added: 0,
    deleted: 0,
    cut: false,
    changed: [],
  });
});

test('committed, uncommitted and untracked work is counted together, and ignored files are not', async () => {
  const one = lab();
  one.commit({ 'b.txt': 'b\nb\n', '.gitignore': 'ignored\n' }, one.worktree);
  writeFiles(one.worktree, { 'a.txt': '1\n3\n', 'new/c.txt': 'c\nc', ignored: 'x\n' });
  writeFileSync(join(one.worktree, 'bytes'), Buffer.from([0, 10, 10]));
  symlinkSync('a.txt', join(one.worktree, 'link'));
  expect(await one.read()).toEqual({
    head: one.at('rev-parse', 'HEAD'),
    ahead: 1,
    behind: 0,
    // a.txt, b.txt, .gitignore, and untracked: c.txt, bytes, link
    files: 6,
    added: 2 + 1 + 2,
    deleted: 1,
    cut: false,
    changed: [
      file('.gitignore', 'added'),
      file('a.txt', 'modified'),
      file('b.txt', 'added'),
      { ...file('bytes', 'added'), binary: true, bytes: 3 },
      file('link', 'added'),
      file('new/c.txt', 'added'),
    ],
  });
});

test('the base is as far as it was fetched, on the remote before here', async () => {
  const one = lab();
  one.pushElsewhere('main', { 'theirs.txt': 'x\n' });
  expect(await one.read()).toMatchObject({ behind: 0 });
  one.git('fetch', '--quiet');
  expect(await one.read()).toMatchObject({ ahead: 0, behind: 1, files: 0 });
  expect(await one.read({ remote: null })).toMatchObject({ behind: 0 });
  expect(await one.read({ base: 'gone' })).toMatchObject({ ahead: null, behind: null });
});

test('what came from the base by a merge is no work of the branch', async () => {
  const one = lab({ remote: false });
  one.commit({ 'mine.txt': 'x\n' }, one.worktree);
  const theirs = one.commit({ 'theirs.txt': '1\n2\n' });
  one.at('merge', '--quiet', '--no-edit', 'main');
  const read = one.read({ remote: null, baseCommit: theirs });
  expect(await read).toMatchObject({ behind: 0, files: 1, added: 1 });
});

test('many and long untracked files are counted as far as it is worth the time', async () => {
  const one = lab();
  writeFiles(
    one.worktree,
    Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`many/${index}`, 'x\n'])),
  );
  expect(await one.read()).toMatchObject({ files: 250, added: 200, cut: true });
});

test('a missing worktree is refused, never without changes', async () => {
  const one = lab();
  one.git('worktree', 'remove', one.worktree);
  const refused = await one.read();
  expect(isRefusal(refused)).toBe(true);
});
