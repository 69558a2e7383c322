import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { type TempRepo, tempRepo, writeFiles } from '../../support/temp-repo.ts';

function withWorktree(files: Record<string, string>): TempRepo & { copy: () => Promise<string[]> } {
  const repo = tempRepo({ remote: false });
  repo.commit({ '.gitignore': '.env*\nbuild/\n', 'config/tracked.json': '{}' });
  repo.git('worktree', 'add', '--quiet', '-b', 'x', repo.worktree('x'));
  writeFiles(repo.path, files);
  const git = createGit({ env: repo.env });
  return { ...repo, copy: () => git.copyIncluded(repo.path, repo.worktree('x')) };
}

test('without a .worktreeinclude nothing is copied', async () => {
  expect(await withWorktree({ '.env': 'A=1' }).copy()).toEqual([]);
});

test('ignored and untracked files that it names are copied with their mode, tracked ones are not', async () => {
  const repo = withWorktree({
    '.worktreeinclude': '.env*\n!.env.prod\n.run/\nconfig/*\n',
    '.env': 'A=1',
    '.env.prod': 'no',
    '.run/ide/app.xml': '<x/>',
    'config/tracked.json': '{"changed": true}',
    'config/local.json': '{}',
    'build/out.js': 'no',
    'with space é.txt': 'no',
  });
  writeFileSync(join(repo.path, '.env.sh'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await repo.copy()).toEqual(['.env', '.env.sh', '.run/ide/app.xml', 'config/local.json']);
  expect(readFileSync(join(repo.worktree('x'), '.env'), 'utf8')).toBe('A=1');
  expect(statSync(join(repo.worktree('x'), '.env.sh')).mode & 0o111).not.toBe(0);
  expect(readFileSync(join(repo.worktree('x'), 'config/tracked.json'), 'utf8')).toBe('{}');
});

test('what is in the worktree already is never overwritten', async () => {
  const repo = withWorktree({ '.worktreeinclude': '.env\n', '.env': 'theirs' });
  writeFiles(repo.worktree('x'), { '.env': 'mine' });
  expect(await repo.copy()).toEqual([]);
  expect(readFileSync(join(repo.worktree('x'), '.env'), 'utf8')).toBe('mine');
});

test('links that lead outside are left out, those inside stay links', async () => {
  const repo = withWorktree({ '.worktreeinclude': '.env*\n', '.env': 'A=1' });
  writeFiles(repo.root, { secret: 'secret' });
  symlinkSync('../secret', join(repo.path, '.env.out'));
  symlinkSync(join(repo.root, 'secret'), join(repo.path, '.env.absolute'));
  symlinkSync(join(repo.path, '.env'), join(repo.path, '.env.back'));
  symlinkSync('.env', join(repo.path, '.env.in'));
  expect(await repo.copy()).toEqual(['.env', '.env.in']);
  expect(readlinkSync(join(repo.worktree('x'), '.env.in'))).toBe('.env');
});

test('a folder that is a link in the worktree does not lead a copy outside', async () => {
  const repo = withWorktree({ '.worktreeinclude': 'out/\n', 'out/a.txt': 'a' });
  mkdirSync(join(repo.root, 'outside'));
  symlinkSync(join(repo.root, 'outside'), join(repo.worktree('x'), 'out'));
  expect(await repo.copy()).toEqual([]);
  expect(existsSync(join(repo.root, 'outside/a.txt'))).toBe(false);
  expect(lstatSync(join(repo.worktree('x'), 'out')).isSymbolicLink()).toBe(true);
});

test('a file where a folder should be leaves the copy out', async () => {
  const repo = withWorktree({ '.worktreeinclude': 'out/\n', 'out/a.txt': 'a' });
  writeFiles(repo.worktree('x'), { out: 'a file' });
  expect(await repo.copy()).toEqual([]);
});

test('more than a gibibyte is refused before anything is copied', async () => {
  const repo = withWorktree({ '.worktreeinclude': '.env*\n', '.env': 'A=1', '.env.big': '' });
  truncateSync(join(repo.path, '.env.big'), 1024 ** 3 + 1);
  await expect(repo.copy()).rejects.toThrow(/more than/);
  expect(existsSync(join(repo.worktree('x'), '.env'))).toBe(false);
});
