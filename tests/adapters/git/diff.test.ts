import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { parseNumstat } from '#adapters/git/diff.ts';
import { isRefusal } from '#domain/error.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

function lab() {
  const repo = tempRepo({ remote: false });
  repo.commit({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'long.txt': '1\n2\n3\n4\n5\n6\n7\n8\n' });
  const base = repo.git('rev-parse', 'HEAD');
  const path = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', path);
  const diff = async (from = base) => {
    const result = await createGit({ env: repo.env }).diff(path, from);
    if (isRefusal(result)) throw new Error(result.reason);
    return result;
  };
  const index = () => readFileSync(repo.in(path)('rev-parse', '--git-path', 'index'), 'latin1');
  return { ...repo, base, path, at: repo.in(path), diff, index };
}

test('an untouched worktree has no diff', async () => {
  expect(await lab().diff()).toEqual({ files: [], added: 0, deleted: 0, text: '' });
});

test('committed, staged, unstaged and untracked changes are one diff, and the index stays as it is', async () => {
  const one = lab();
  one.commit({ 'committed.txt': '1\n2\n' }, one.path);
  writeFiles(one.path, { 'a.txt': 'staged\n' });
  one.at('add', 'a.txt');
  rmSync(join(one.path, 'b.txt'));
  writeFiles(one.path, { 'new/with space\tand ü.txt': 'x\ny\nz\n' });
  writeFileSync(join(one.path, 'bytes.bin'), Buffer.from([0, 1, 2, 0]));
  const index = one.index();
  const result = await one.diff();
  expect(one.index()).toBe(index);
  expect(result.files).toEqual([
    { path: 'a.txt', added: 1, deleted: 1, untracked: false },
    { path: 'b.txt', added: 0, deleted: 1, untracked: false },
    { path: 'bytes.bin', added: null, deleted: null, untracked: true },
    { path: 'committed.txt', added: 2, deleted: 0, untracked: false },
    { path: 'new/with space\tand ü.txt', added: 3, deleted: 0, untracked: true },
  ]);
  expect(result).toMatchObject({ added: 6, deleted: 2 });
  expect(result.text).toContain('new file mode 100644');
  expect(result.text).toContain('+staged\n');
  expect(result.text).toContain('+z\n');
});

test('commits that the base has got meanwhile do not show', async () => {
  const one = lab();
  one.commit({ 'mine.txt': 'mine\n' }, one.path);
  const moved = one.commit({ 'theirs.txt': 'theirs\n' });
  expect((await one.diff(moved)).files.map((file) => file.path)).toEqual(['mine.txt']);
});

test('a renamed file is told by its new name', async () => {
  const one = lab();
  one.at('mv', 'long.txt', 'longer.txt');
  writeFiles(one.path, { 'longer.txt': '1\n2\n3\n4\n5\n6\n7\n8\n9\n' });
  expect((await one.diff()).files).toEqual([
    { path: 'longer.txt', added: 1, deleted: 0, untracked: false },
  ]);
});

test('a file in conflict shows what lies in the working tree', async () => {
  const one = lab();
  one.at('checkout', '--quiet', '-b', 'other');
  one.commit({ 'a.txt': 'theirs\n' }, one.path);
  one.at('checkout', '--quiet', 'x');
  one.commit({ 'a.txt': 'ours\n' }, one.path);
  expect(() => one.at('merge', 'other')).toThrow();
  const index = one.index();
  const result = await one.diff();
  expect(result.files).toEqual([{ path: 'a.txt', added: 5, deleted: 1, untracked: false }]);
  expect(result.text).toContain('+<<<<<<<');
  rmSync(join(one.path, 'a.txt'));
  const gone = await one.diff();
  expect(gone.files).toEqual([{ path: 'a.txt', added: 0, deleted: 1, untracked: false }]);
  expect(gone.text).not.toContain('Unmerged path');
  expect(one.index()).toBe(index);
});

test("the person's own diff settings do not change what is read", async () => {
  const one = lab();
  one.git('config', 'diff.external', 'false');
  one.git('config', 'diff.noprefix', 'true');
  one.git('config', 'color.ui', 'always');
  one.git('config', 'diff.relative', 'true');
  writeFiles(one.path, { 'a.txt': 'changed\n' });
  const result = await one.diff();
  expect(result.text).toMatch(/^diff --git a\/a\.txt b\/a\.txt\n/);
});

test('a base commit that is gone is refused', async () => {
  const one = lab();
  const result = await createGit({ env: one.env }).diff(one.path, 'f'.repeat(40));
  expect(result).toMatchObject({ refused: true, code: 'not_found' });
});

test('a diff longer than 32 MiB is refused', async () => {
  const one = lab();
  writeFileSync(join(one.path, 'huge.txt'), `${'x'.repeat(1023)}\n`.repeat(33 * 1024));
  const result = await createGit({ env: one.env }).diff(one.path, one.base);
  expect(result).toMatchObject({ refused: true, reason: 'The diff is longer than 32 MiB.' });
});

test('numbers are read with renames, binary files and odd names', () => {
  const output = [
    '1\t2\tplain',
    '-\t-\tbinary',
    '3\t0\t',
    'old',
    'new\tname',
    '0\t1\tlast\nline',
    '',
  ].join('\0');
  expect(parseNumstat(output)).toEqual([
    { path: 'plain', added: 1, deleted: 2 },
    { path: 'binary', added: null, deleted: null },
    { path: 'new\tname', added: 3, deleted: 0 },
    { path: 'last\nline', added: 0, deleted: 1 },
  ]);
});

test('a reader gets the beginning of a diff that is too long, and all of its numbers', async () => {
  const one = lab();
  writeFileSync(join(one.path, 'huge.txt'), `${'x'.repeat(1023)}\n`.repeat(1024));
  const git = createGit({ env: one.env });
  const result = await git.diff(one.path, one.base, { bytes: 64 * 1024, fileLines: 9_999 });
  if (isRefusal(result)) throw new Error(result.reason);
  expect(result).toMatchObject({ cut: true, added: 1024 });
  expect(result.text).toMatch(/^diff --git a\/huge\.txt/);
  expect(result.text.length).toBeLessThanOrEqual(64 * 1024);
  expect((await one.diff()).cut).toBeUndefined();
});

test('a file that is too long for a reader is left out of the text, also one with an odd name', async () => {
  const one = lab();
  one.commit({ 'a.txt': 'one\n' }, one.path);
  writeFiles(one.path, { ':(odd)*.txt': '1\n2\n3\n', 'c.txt': '1\n2\n3\n', 'd.txt': 'four\n' });
  const git = createGit({ env: one.env });
  const result = await git.diff(one.path, one.base, { bytes: 64 * 1024, fileLines: 2 });
  if (isRefusal(result)) throw new Error(result.reason);
  expect(result.text.match(/^diff --git .*$/gm)).toEqual([
    'diff --git a/a.txt b/a.txt',
    'diff --git a/d.txt b/d.txt',
  ]);
  expect(result.files.map(({ path, added }) => [path, added])).toEqual([
    [':(odd)*.txt', 3],
    ['a.txt', 1],
    ['c.txt', 3],
    ['d.txt', 1],
  ]);
  expect(result.cut).toBeUndefined();
});
