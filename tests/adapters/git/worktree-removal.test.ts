import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

function lab(branch = 'task/x') {
  const repo = tempRepo();
  const path = repo.worktree(branch);
  repo.git('worktree', 'add', '--quiet', '--no-track', '-b', branch, path);
  const remove = (more: { deleteBranch?: boolean; worktree?: string } = {}) =>
    createGit({ env: repo.env }).removeWorktree({
      repository: repo.path,
      worktree: path,
      branch,
      deleteBranch: true,
      ...more,
    });
  const entries = () => {
    const folder = join(repo.path, '.git/worktrees');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  return { ...repo, x: path, remove, entries };
}

test('worktree, branch, its empty folders and what a push wrote about it are gone', async () => {
  const one = lab();
  const before = one.config();
  one.in(one.x)('push', '--quiet', '-u', 'origin', 'HEAD');
  writeFiles(one.x, { 'README.md': 'changed', 'new.txt': 'new' });
  await one.remove();
  expect(existsSync(join(one.root, 'worktrees/task'))).toBe(false);
  expect(existsSync(join(one.root, 'worktrees'))).toBe(true);
  expect(one.git('branch', '--list')).toBe('* main');
  expect(one.entries()).toEqual([]);
  expect(one.config()).toBe(before);
});

test('a branch that was the person’s before is kept', async () => {
  const one = lab();
  await one.remove({ deleteBranch: false });
  expect(one.git('branch', '--list', 'task/x')).toBe('  task/x');
});

test('missing parts are fine, also all of them', async () => {
  const one = lab();
  rmSync(one.x, { recursive: true });
  await one.remove();
  expect(one.entries()).toEqual([]);
  await one.remove();
  expect(one.git('branch', '--list', 'task/x')).toBe('');
});

test('a half-removed or damaged worktree is removed for good', async () => {
  const one = lab();
  rmSync(join(one.x, '.git'));
  await one.remove();
  expect(existsSync(one.x)).toBe(false);
  expect(one.entries()).toEqual([]);
  expect(one.git('branch', '--list', 'task/x')).toBe('');
});

test('a locked worktree is removed', async () => {
  const one = lab();
  one.git('worktree', 'lock', one.x);
  await one.remove();
  expect(existsSync(one.x)).toBe(false);
});

test('entries of other worktrees whose disk is away stay', async () => {
  const one = lab();
  one.git('worktree', 'add', '--quiet', '-b', 'usb', one.worktree('usb'));
  renameSync(one.worktree('usb'), join(one.root, 'unplugged'));
  rmSync(join(one.x, '.git'));
  await one.remove();
  expect(one.entries()).toEqual(['usb']);
});

test('a folder that is no worktree of the repository is left alone, and the main one', async () => {
  const one = lab();
  const folder = join(one.root, 'mine');
  writeFiles(folder, { 'precious.txt': '1' });
  await expect(one.remove({ worktree: folder })).rejects.toThrow(/is not removed/);
  await expect(one.remove({ worktree: one.path })).rejects.toThrow(/is not removed/);
  expect(existsSync(join(folder, 'precious.txt'))).toBe(true);
  expect(existsSync(join(one.path, 'README.md'))).toBe(true);
  expect(one.git('branch', '--list', 'task/x')).not.toBe('');
});

test('a branch that somebody has checked out elsewhere stays', async () => {
  const one = lab();
  one.in(one.x)('checkout', '--quiet', '--detach');
  one.git('checkout', '--quiet', 'task/x');
  await one.remove();
  expect(existsSync(one.x)).toBe(false);
  expect(one.git('branch', '--show-current')).toBe('task/x');
});

test('a neighbour in the same folder stays', async () => {
  const one = lab();
  writeFileSync(join(one.root, 'worktrees/task/notes.txt'), 'mine');
  await one.remove();
  expect(readdirSync(join(one.root, 'worktrees/task'))).toEqual(['notes.txt']);
});
