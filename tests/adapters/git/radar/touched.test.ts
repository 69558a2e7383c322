import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { tempRepo, writeFiles } from '../../../support/temp-repo.ts';

function lab() {
  const repo = tempRepo({ remote: false });
  const base = repo.commit({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone.txt': 'x\n' });
  const path = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', path);
  return { repo, base, path, git: createGit({ env: repo.env }) };
}

test('what was committed, changed, staged, removed or just written is touched; what the base did meanwhile is not', async () => {
  const { repo, base, path, git } = lab();
  const head = repo.commit({ 'a.txt': 'mine\n' }, path);
  repo.commit({ 'b.txt': 'theirs\n' });
  writeFiles(path, { 'ü new.txt': '1\n', 'staged.txt': '2\n' });
  repo.in(path)('add', 'staged.txt');
  rmSync(join(path, 'gone.txt'));
  // Another repository inside of it is nobody's file here.
  mkdirSync(join(path, 'inner'));
  repo.in(join(path, 'inner'))('init', '--quiet');
  writeFileSync(join(path, 'inner', 'own.txt'), '');
  expect(await git.touchedFiles(path, base)).toEqual({
    head,
    files: ['a.txt', 'gone.txt', 'staged.txt', 'ü new.txt'],
    uncommitted: ['gone.txt', 'staged.txt', 'ü new.txt'],
  });
});

test('a worktree that is gone, and a base that nobody knows, are refusals', async () => {
  const { path, git, base } = lab();
  expect(await git.touchedFiles(path, 'f'.repeat(40))).toMatchObject({ refused: true });
  rmSync(path, { recursive: true });
  expect(await git.touchedFiles(path, base)).toMatchObject({ refused: true, code: 'not_found' });
});
