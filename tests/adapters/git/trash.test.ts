import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { isRefusal } from '#domain/error.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

type Lab = ReturnType<typeof lab>;

/** A repository with a worktree "x" in which a test does its work. */
function lab(files: Record<string, string> = {}) {
  const repo = tempRepo({ remote: false });
  repo.commit({
    'a.txt': 'a\n',
    'b.txt': 'b\n',
    'dir/c.txt': 'c\n',
    '.gitignore': '*.log\n',
    ...files,
  });
  const base = repo.git('rev-parse', 'HEAD');
  const path = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', path);
  const git = createGit({ env: repo.env });
  const place = { repository: repo.path, worktree: path };
  const save = (name = 't1') => git.saveWork({ ...place, branch: 'x', baseCommit: base, name });
  const remove = () => git.removeWorktree({ ...place, branch: 'x', deleteBranch: true });
  const restore = (name = 't1') => git.restoreWork({ ...place, name });
  return { ...repo, base, path, at: repo.in(path), place, adapter: git, save, remove, restore };
}

/** All that a person could tell apart: bytes, modes and links of all files, the index with its stages and flags, HEAD, status. */
function portrait({ path, at }: Pick<Lab, 'path' | 'at'>) {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== '.git' && !name.endsWith('.log'))
    .filter((name) => !lstatSync(join(path, name)).isDirectory())
    .sort()
    .map((name) => {
      const full = join(path, name);
      const kind = lstatSync(full);
      const content = kind.isSymbolicLink() ? readlinkSync(full) : readFileSync(full, 'latin1');
      return [name, kind.isSymbolicLink() ? 'link' : (kind.mode & 0o777).toString(8), content];
    });
  return {
    files,
    stages: at('ls-files', '--stage', '-v', '-z'),
    status: at('status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all'),
    staged: at('diff', '--cached'),
    unstaged: at('diff'),
    head: at('rev-parse', 'HEAD'),
    branch: at('branch', '--show-current'),
  };
}

/** Saves, removes, restores, and expects everything to be as it was; the save itself must change nothing either. */
async function expectRoundTrip(one: Lab) {
  const before = portrait(one);
  const config = one.config();
  const saved = await one.save();
  if (isRefusal(saved)) throw new Error(saved.reason);
  expect(portrait(one)).toEqual(before);
  await one.remove();
  expect(existsSync(one.path)).toBe(false);
  expect(one.git('branch', '--list', 'x')).toBe('');
  // Nothing may depend on objects that only the removed worktree has held.
  one.git('-c', 'gc.pruneExpire=now', 'gc', '--quiet', '--prune=now');
  expect(await one.restore()).toEqual({ branch: 'x', head: saved.head });
  expect(portrait(one)).toEqual(before);
  expect(one.config()).toBe(config);
  return saved;
}

describe('saved work comes back byte for byte', () => {
  test('without any change', async () => {
    const saved = await expectRoundTrip(lab());
    expect(saved).toMatchObject({
      commits: 0,
      changed: 0,
      untracked: 0,
      ref: 'refs/claustre/trash/t1',
    });
  });

  test('with commits, staged, unstaged, twice changed, deleted, added and untracked files', async () => {
    const one = lab();
    one.commit({ 'committed.txt': 'yes\n' }, one.path);
    writeFiles(one.path, { 'a.txt': 'staged\n', 'added.txt': 'added\n', 'both.txt': 'first\n' });
    one.at('add', 'a.txt', 'added.txt', 'both.txt');
    writeFiles(one.path, { 'a.txt': 'staged, then more\n', 'both.txt': 'second\n' });
    rmSync(join(one.path, 'b.txt'));
    one.at('rm', '--quiet', 'dir/c.txt');
    writeFiles(one.path, { 'new/deep/er.txt': 'untracked\n', 'x.log': 'ignored', empty: '' });
    const saved = await expectRoundTrip(one);
    expect(saved).toMatchObject({ commits: 1, changed: 5, untracked: 2 });
    expect(existsSync(join(one.path, 'x.log'))).toBe(false);
  });

  test('with binary files, odd line ends under autocrlf, odd names and executable bits', async () => {
    const one = lab({ '.gitattributes': '*.txt text eol=crlf\n*.id ident\n', 'v.id': '$Id$\n' });
    writeFileSync(
      join(one.path, 'bytes.bin'),
      Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256)),
    );
    writeFiles(one.path, {
      'a.txt': 'mixed\r\nends\nhere\r',
      'u.txt': 'lf only\n',
      'v.id': '$Id: mine $ x\n',
    });
    writeFiles(one.path, {
      'line\nend.md': '1',
      line: '5',
      'end.md': '6',
      '"quoted" \\ ü.md': '2',
      ' lead and trail ': '3',
      '-n': '4',
    });
    chmodSync(join(one.path, 'bytes.bin'), 0o755);
    chmodSync(join(one.path, 'dir/c.txt'), 0o755);
    await expectRoundTrip(one);
  });

  test('with links, and files, links and folders that took the place of one another', async () => {
    const one = lab({ 'link.md': 'will be a link', 'folder/in.md': '1', file: 'will be a folder' });
    symlinkSync('nowhere/at all', join(one.path, 'dangling'));
    rmSync(join(one.path, 'link.md'));
    symlinkSync('/etc/hostname', join(one.path, 'link.md'));
    rmSync(join(one.path, 'folder'), { recursive: true });
    writeFileSync(join(one.path, 'folder'), 'now a file');
    rmSync(join(one.path, 'file'));
    writeFiles(one.path, { 'file/inside.md': 'now a folder' });
    await expectRoundTrip(one);
  });

  test('with a conflict of every kind and the merge that waits for it', async () => {
    const one = lab({ 'gone.txt': '1\n', 'kept.txt': '1\n' });
    one.at('checkout', '--quiet', '-b', 'other');
    one.at('rm', '--quiet', 'kept.txt');
    one.commit({ 'a.txt': 'theirs\n', 'gone.txt': '2\n', 'both.txt': 'theirs\n' }, one.path);
    one.at('checkout', '--quiet', 'x');
    one.at('rm', '--quiet', 'gone.txt');
    one.commit({ 'a.txt': 'ours\n', 'kept.txt': '2\n', 'both.txt': 'ours\n' }, one.path);
    expect(() => one.at('merge', '--quiet', 'other')).toThrow();
    writeFiles(one.path, { 'a.txt': 'half resolved\n' });
    one.git('branch', '-D', 'other');
    const saved = await expectRoundTrip(one);
    expect(saved.changed).toBe(4);
    one.at('add', '--all');
    one.at('commit', '--quiet', '--no-edit');
    expect(one.at('rev-list', '--parents', '--max-count=1', 'HEAD').split(' ')).toHaveLength(3);
  });

  test('with a conflict of which no commit holds the other side', async () => {
    const one = lab();
    writeFiles(one.path, { 'a.txt': 'stashed\n' });
    one.at('stash', '--quiet');
    one.commit({ 'a.txt': 'ours\n' }, one.path);
    expect(() => one.at('stash', 'pop', '--quiet')).toThrow();
    one.at('stash', 'drop', '--quiet');
    await expectRoundTrip(one);
    one.at('checkout', '--quiet', '--theirs', 'a.txt');
    expect(readFileSync(join(one.path, 'a.txt'), 'utf8')).toBe('stashed\n');
  });

  test('with intent-to-add, assume-unchanged and skip-worktree entries', async () => {
    const one = lab();
    writeFiles(one.path, { 'later.txt': 'later\n', 'never.txt': 'x', 'b.txt': 'unseen\n' });
    one.at('add', '-N', 'later.txt', 'never.txt');
    rmSync(join(one.path, 'never.txt'));
    one.at('update-index', '--skip-worktree', 'dir/c.txt');
    rmSync(join(one.path, 'dir'), { recursive: true });
    one.at('update-index', '--assume-unchanged', 'a.txt');
    one.at('update-index', '--skip-worktree', '.gitignore');
    writeFiles(one.path, { 'a.txt': 'changed behind git\n', '.gitignore': '*.log\n*.tmp\n' });
    writeFiles(one.path, { 'staged-empty.txt': '' });
    one.at('add', 'staged-empty.txt');
    await expectRoundTrip(one);
  });

  test('with a split index', async () => {
    const one = lab();
    one.at('update-index', '--split-index');
    writeFiles(one.path, { 'a.txt': 'staged\n' });
    one.at('add', 'a.txt');
    await expectRoundTrip(one);
  });

  test('with a detached HEAD whose commits no branch has', async () => {
    const one = lab();
    one.at('checkout', '--quiet', '--detach');
    one.commit({ 'loose.txt': 'loose\n' }, one.path);
    writeFiles(one.path, { 'a.txt': 'changed\n' });
    await expectRoundTrip(one);
  });

  test('without an identity, with hooks that would refuse', async () => {
    const one = lab();
    writeFiles(one.path, { 'a.txt': 'changed\n' });
    mkdirSync(join(one.path, '../../repo/.git/hooks'), { recursive: true });
    for (const hook of [
      'reference-transaction',
      'post-index-change',
      'pre-commit',
      'post-checkout',
    ]) {
      const file = join(one.root, 'repo/.git/hooks', hook);
      writeFileSync(file, `#!/bin/sh\necho ran >> "${one.root}/hooks.txt"\nexit 1\n`);
      chmodSync(file, 0o755);
    }
    const env = { ...one.env, GIT_CONFIG_GLOBAL: '/dev/null', EMAIL: '' };
    const git = createGit({ env });
    const before = readFileSync(join(one.path, 'a.txt'), 'latin1');
    const save = { ...one.place, branch: 'x', baseCommit: null, name: 't1' };
    expect(await git.saveWork(save)).toMatchObject({ changed: 1 });
    await git.removeWorktree({ ...one.place, branch: 'x', deleteBranch: true });
    rmSync(join(one.root, 'hooks.txt'), { force: true });
    expect(await git.restoreWork({ ...one.place, name: 't1' })).toMatchObject({ branch: 'x' });
    expect(readFileSync(join(one.path, 'a.txt'), 'latin1')).toBe(before);
    expect(existsSync(join(one.root, 'hooks.txt'))).toBe(false);
  });
});

describe('what is kept can be read with any git', () => {
  test('as commits for index and worktree, though the index is in conflict', async () => {
    const one = lab();
    writeFiles(one.path, { 'a.txt': 'staged\n', 'new.txt': 'new\n' });
    one.at('add', 'a.txt');
    writeFiles(one.path, { 'a.txt': 'working\n' });
    await one.save();
    expect(one.git('show', 'refs/claustre/trash/t1/index:a.txt')).toBe('staged');
    expect(one.git('show', 'refs/claustre/trash/t1/worktree:a.txt')).toBe('working');
    expect(one.git('show', 'refs/claustre/trash/t1/worktree:new.txt')).toBe('new');
    expect(one.git('rev-parse', 'refs/claustre/trash/t1/head')).toBe(one.git('rev-parse', 'x'));
    expect(one.git('status', '--porcelain')).toBe('');
  });
});

describe('saving', () => {
  test('keeps the branch alone when the worktree is gone', async () => {
    const one = lab();
    const head = one.commit({ 'committed.txt': 'yes\n' }, one.path);
    rmSync(one.path, { recursive: true });
    expect(await one.save()).toMatchObject({ head, commits: 1, changed: 0, untracked: 0 });
    await one.remove();
    expect(one.git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(await one.restore()).toEqual({ branch: 'x', head });
    expect(one.at('status', '--porcelain', '--branch')).toBe('## x');
    expect(readFileSync(join(one.path, 'committed.txt'), 'utf8')).toBe('yes\n');
  });

  test('refuses when neither worktree nor branch is there', async () => {
    const one = lab();
    await one.remove();
    expect(await one.save()).toMatchObject({ refused: true, code: 'not_found' });
  });

  test('refuses a folder that belongs to another repository', async () => {
    const one = lab();
    const path = tempRepo({ remote: false }).path;
    const request = { ...one.place, worktree: path, branch: 'x', baseCommit: null, name: 't1' };
    expect(await one.adapter.saveWork(request)).toMatchObject({ refused: true });
  });

  test('refuses a worktree that cannot be inspected', async () => {
    const one = lab();
    rmSync(join(one.path, '.git'));
    expect(await one.save()).toMatchObject({ refused: true });
    expect(one.git('for-each-ref', 'refs/claustre')).toBe('');
  });

  test('refuses a name that is taken, so that a half-removed worktree does not replace a whole one', async () => {
    const one = lab();
    await one.save();
    const before = one.git('for-each-ref', 'refs/claustre');
    rmSync(join(one.path, 'a.txt'));
    const reason = 'The trash holds "t1" already.';
    expect(await one.save()).toMatchObject({ refused: true, reason });
    expect(one.git('for-each-ref', 'refs/claustre')).toBe(before);
    expect(await one.save('t2')).toMatchObject({ changed: 1 });
  });

  test('refuses a repository inside, whose history it could not keep', async () => {
    const one = lab();
    mkdirSync(join(one.path, 'vendored'));
    one.in(join(one.path, 'vendored'))('init', '--quiet');
    writeFiles(one.path, { 'vendored/a.txt': '1' });
    one.in(join(one.path, 'vendored'))('add', '.');
    one.in(join(one.path, 'vendored'))('commit', '--quiet', '-m', 'inner');
    expect(await one.save()).toMatchObject({
      refused: true,
      reason: expect.stringContaining('vendored'),
    });
  });

  test('refuses a file whose name it cannot hold', async () => {
    const one = lab();
    const file = Buffer.concat([Buffer.from(`${one.path}/bad-`), Buffer.from([0xff])]);
    writeFileSync(file, 'x');
    expect(await one.save()).toMatchObject({ refused: true });
    one.at('add', '--all');
    one.at('commit', '--quiet', '-m', 'tracked');
    expect(await one.save()).toMatchObject({ changed: 0 });
    writeFileSync(file, 'changed');
    expect(await one.save('t2')).toMatchObject({ refused: true });
  });
});

describe('restoring', () => {
  test('refuses a name that is not kept', async () => {
    expect(await lab().restore('nothing')).toMatchObject({ refused: true, code: 'not_found' });
  });

  test('refuses a path that is taken and leaves it alone', async () => {
    const one = lab();
    await one.save();
    await one.remove();
    writeFiles(one.path, { precious: '1' });
    expect(await one.restore()).toMatchObject({ refused: true });
    expect(readdirSync(one.path)).toEqual(['precious']);
  });

  test('refuses a branch that is taken or checked out', async () => {
    const one = lab();
    one.commit({ 'more.txt': '1' }, one.path);
    await one.save();
    await one.remove();
    one.git('branch', 'x', one.base);
    expect(await one.restore()).toMatchObject({
      refused: true,
      reason: expect.stringContaining('another branch "x"'),
    });
    one.git('checkout', '--quiet', 'x');
    expect(await one.restore()).toMatchObject({
      refused: true,
      reason: expect.stringContaining('checked out'),
    });
    expect(one.git('rev-parse', 'x')).toBe(one.base);
  });

  test('takes a branch that was kept where it was', async () => {
    const one = lab();
    await one.save();
    await one.adapter.removeWorktree({ ...one.place, branch: 'x', deleteBranch: false });
    expect(await one.restore()).toMatchObject({ branch: 'x' });
  });

  test('leaves nothing behind when it fails, and can be done again', async () => {
    const one = lab();
    writeFiles(one.path, { 'new.txt': 'new\n' });
    await one.save();
    await one.remove();
    const { runCommand } = await import('#adapters/command.ts');
    const broken = createGit({
      env: one.env,
      run: (program, args, request) =>
        args.includes('checkout-index')
          ? Promise.resolve({ exitCode: 1, stdout: '', stderr: 'fatal: broken\n' })
          : runCommand(program, args, request),
    });
    await expect(broken.restoreWork({ ...one.place, name: 't1' })).rejects.toThrow('fatal: broken');
    expect(existsSync(one.path)).toBe(false);
    expect(one.git('branch', '--list', 'x')).toBe('');
    expect(one.git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(await one.restore()).toMatchObject({ branch: 'x' });
    expect(readFileSync(join(one.path, 'new.txt'), 'utf8')).toBe('new\n');
  });
});
