import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

function lab() {
  const repo = tempRepo({ remote: false });
  repo.commit({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  const path = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', path);
  const git = createGit({ env: repo.env });
  const merge = (env = repo.env, method: MergeMethod = 'merge') =>
    createGit({ env }).mergeLocally({
      repository: repo.path,
      base: 'main',
      branch: 'x',
      message: 'Merge "x"\n\nWith a body.\n',
      method,
    });
  const preview = () => git.previewMerge(repo.path, 'main', 'x');
  return { ...repo, x: path, at: repo.in(path), merge, preview };
}

describe('a preview', () => {
  test('of a clean merge has no conflicts and touches nothing', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    one.commit({ 'b.txt': 'theirs\n' });
    const before = one.git('for-each-ref');
    expect(await one.preview()).toEqual({ conflicts: [] });
    expect(one.git('for-each-ref')).toBe(before);
  });

  test('names the files in conflict', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n', 'ü b.txt': 'mine\n' }, one.x);
    one.commit({ 'a.txt': 'theirs\n', 'ü b.txt': 'theirs\n' });
    expect(await one.preview()).toEqual({ conflicts: ['a.txt', 'ü b.txt'] });
    expect(one.git('status', '--porcelain')).toBe('');
  });

  test('takes a base that is only known from the remote', async () => {
    const one = lab();
    one.git('update-ref', 'refs/remotes/origin/rel/1', 'main');
    const git = createGit({ env: one.env });
    expect(await git.previewMerge(one.path, 'rel/1', 'x')).toEqual({ conflicts: [] });
  });

  test('refuses a missing branch and unrelated histories', async () => {
    const one = lab();
    const git = createGit({ env: one.env });
    const missing = await git.previewMerge(one.path, 'main', 'nowhere');
    expect(missing).toMatchObject({ refused: true, code: 'not_found' });
    one.git('branch', 'root', one.git('commit-tree', '-m', 'root', 'main^{tree}'));
    const unrelated = await git.previewMerge(one.path, 'main', 'root');
    expect(unrelated).toMatchObject({ refused: true, code: 'refused' });
  });
});

describe('a local merge', () => {
  test('moves a clean checkout of the base and makes a merge commit', async () => {
    const one = lab();
    const base = one.git('rev-parse', 'main');
    const branch = one.commit({ 'a.txt': 'mine\n' }, one.x);
    const result = await one.merge();
    const commit = one.git('rev-parse', 'main');
    expect(result).toEqual({ merged: true, commit, alreadyMerged: false });
    expect(one.git('log', '-1', '--format=%P|%an|%B')).toBe(
      `${base} ${branch}|Test|Merge "x"\n\nWith a body.\n`,
    );
    expect(one.git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(one.path, 'a.txt'), 'utf8')).toBe('mine\n');
  });

  test('leaves changes alone that are not in its way', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    writeFiles(one.path, { 'b.txt': 'uncommitted\n' });
    expect(await one.merge()).toMatchObject({ merged: true });
    expect(one.git('status', '--porcelain')).toBe(' M b.txt');
  });

  test('is refused when uncommitted changes are in its way, and nothing moves', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n', 'new.txt': 'mine\n' }, one.x);
    const base = one.git('rev-parse', 'main');
    writeFiles(one.path, { 'a.txt': 'uncommitted\n' });
    const refusal = await one.merge();
    expect(refusal).toMatchObject({ refused: true, reason: expect.stringContaining(one.path) });
    expect(one.git('rev-parse', 'main')).toBe(base);
    expect(one.git('status', '--porcelain')).toBe(' M a.txt');
    one.git('checkout', '--quiet', 'a.txt');
    writeFiles(one.path, { 'new.txt': 'untracked\n' });
    expect(await one.merge()).toMatchObject({ refused: true });
    expect(readFileSync(join(one.path, 'new.txt'), 'utf8')).toBe('untracked\n');
  });

  test('moves a base that nobody has checked out without touching a working tree', async () => {
    const one = lab();
    one.git('checkout', '--quiet', '-b', 'elsewhere');
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    const result = await one.merge();
    expect(result).toMatchObject({ merged: true, commit: one.git('rev-parse', 'main') });
    expect(readFileSync(join(one.path, 'a.txt'), 'utf8')).toBe('a\n');
    expect(one.git('status', '--porcelain')).toBe('');
  });

  test('with conflicts names them and changes nothing', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    const base = one.commit({ 'a.txt': 'theirs\n' });
    expect(await one.merge()).toEqual({ merged: false, conflicts: ['a.txt'] });
    expect(one.git('rev-parse', 'main')).toBe(base);
    expect(one.git('status', '--porcelain')).toBe('');
  });

  test('done before is told so', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    const first = await one.merge();
    const commit = one.git('rev-parse', 'main');
    expect(first).toMatchObject({ alreadyMerged: false });
    expect(await one.merge()).toEqual({ merged: true, commit, alreadyMerged: true });
  });

  test('needs a local base', async () => {
    const one = lab();
    one.git('update-ref', 'refs/remotes/origin/rel', 'main');
    const git = createGit({ env: one.env });
    const request = {
      repository: one.path,
      base: 'rel',
      branch: 'x',
      message: 'm',
      method: 'merge' as const,
    };
    expect(await git.mergeLocally(request)).toMatchObject({ refused: true, code: 'not_found' });
  });

  test('works without an identity and runs none of the hooks', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    const hooks = join(one.path, '.git/hooks');
    mkdirSync(hooks, { recursive: true });
    for (const hook of ['post-merge', 'commit-msg', 'pre-merge-commit', 'reference-transaction']) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch "${one.root}/ran"\nexit 1\n`);
      chmodSync(join(hooks, hook), 0o755);
    }
    const result = await one.merge({ ...one.env, GIT_CONFIG_GLOBAL: '/dev/null' });
    expect(result).toMatchObject({ merged: true });
    expect(one.git('log', '-1', '--format=%an', 'main')).toBe('claustre');
    expect(existsSync(join(one.root, 'ran'))).toBe(false);
  });
});

describe('by another method', () => {
  test('a squash is one commit on the base with the whole work, and a second one makes none', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    one.commit({ 'a.txt': 'mine again\n' }, one.x);
    one.commit({ 'b.txt': 'theirs\n' });
    const before = one.git('rev-parse', 'main');
    const merged = await one.merge(one.env, 'squash');
    const commit = one.git('rev-parse', 'main');
    expect(merged).toEqual({ merged: true, commit, alreadyMerged: false });
    expect(one.git('rev-parse', 'main^@')).toBe(before);
    expect(one.git('show', 'main:a.txt')).toBe('mine again');
    expect(await one.merge(one.env, 'squash')).toEqual({
      merged: true,
      commit,
      alreadyMerged: true,
    });
    expect(one.git('rev-parse', 'main')).toBe(commit);
  });

  test('a rebase takes the commits as they are, and rewrites none', async () => {
    const one = lab();
    one.commit({ 'a.txt': 'mine\n' }, one.x);
    const tip = one.at('rev-parse', 'HEAD');
    expect(await one.merge(one.env, 'rebase')).toMatchObject({ merged: true, commit: tip });
    expect(one.git('rev-parse', 'main')).toBe(tip);
    one.commit({ 'a.txt': 'more\n' }, one.x);
    one.commit({ 'b.txt': 'theirs\n' });
    const main = one.git('rev-parse', 'main');
    expect(await one.merge(one.env, 'rebase')).toMatchObject({ refused: true });
    expect(one.git('rev-parse', 'main')).toBe(main);
  });
});
