import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '#adapters/git/create-git.ts';
import { parseStatus } from '#adapters/git/work.ts';
import { tempRepo, writeFiles } from '../../support/temp-repo.ts';

function withWorktree(options: { remote?: boolean } = {}) {
  const repo = tempRepo(options);
  repo.commit({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  if (options.remote !== false) repo.git('push', '--quiet', 'origin', 'main');
  const base = repo.git('rev-parse', 'HEAD');
  const path = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', path);
  const git = createGit({ env: repo.env });
  return {
    ...repo,
    base,
    path,
    at: repo.in(path),
    inspect: () => git.inspectWorktree(path, base),
    adapter: git,
  };
}

test('a fresh worktree is clean', async () => {
  const { inspect, base } = withWorktree();
  expect(await inspect()).toEqual({
    head: base,
    branch: 'x',
    changed: 0,
    untracked: 0,
    ahead: 0,
    unpushed: 0,
  });
});

test('changes, untracked files and commits are counted', async () => {
  const repo = withWorktree();
  repo.commit({ 'c.txt': 'c\n' }, repo.path);
  repo.at('push', '--quiet', 'origin', 'x');
  const head = repo.commit({ 'd.txt': 'd\n' }, repo.path);
  writeFiles(repo.path, { 'a.txt': 'changed', 'new/one.txt': '1', 'new/two words\n.txt': '2' });
  rmSync(join(repo.path, 'b.txt'));
  repo.at('fetch', '--quiet');
  expect(await repo.inspect()).toEqual({
    head,
    branch: 'x',
    changed: 2,
    untracked: 2,
    ahead: 2,
    unpushed: 1,
  });
});

test('without a remote everything over the base is unpushed', async () => {
  const repo = withWorktree({ remote: false });
  repo.commit({ 'c.txt': 'c\n' }, repo.path);
  expect(await repo.inspect()).toMatchObject({ ahead: 1, unpushed: 1 });
});

test('without a base commit what no remote has is counted', async () => {
  const repo = withWorktree();
  repo.commit({ 'c.txt': 'c\n' }, repo.path);
  const state = await repo.adapter.inspectWorktree(repo.path, null);
  expect(state).toMatchObject({ ahead: 1, unpushed: 1 });
});

test('a detached HEAD has no branch', async () => {
  const repo = withWorktree();
  repo.at('checkout', '--quiet', '--detach');
  expect(await repo.inspect()).toMatchObject({ branch: null });
});

test("the person's own status settings hide nothing", async () => {
  const repo = withWorktree();
  repo.git('config', 'status.showUntrackedFiles', 'no');
  writeFiles(repo.path, { 'new.txt': '1' });
  expect(await repo.inspect()).toMatchObject({ untracked: 1 });
});

test('what cannot be inspected is refused, never clean', async () => {
  const repo = withWorktree();
  const missing = await repo.adapter.inspectWorktree(join(repo.root, 'missing'), repo.base);
  expect(missing).toMatchObject({ refused: true });
  const unknownBase = await repo.adapter.inspectWorktree(repo.path, 'f'.repeat(40));
  expect(unknownBase).toMatchObject({ refused: true });
  writeFileSync(join(repo.path, '.git'), 'gitdir: /nowhere\n');
  expect(await repo.inspect()).toMatchObject({ refused: true });
});

test('a worktree without its .git file is not mistaken for the repository around it', async () => {
  const repo = withWorktree();
  repo.in(repo.root)('init', '--quiet');
  repo.in(repo.root)('commit', '--quiet', '--allow-empty', '-m', 'dotfiles');
  rmSync(join(repo.path, '.git'));
  expect(await repo.adapter.inspectWorktree(repo.path, null)).toMatchObject({ refused: true });
});

test('status lines are read with spaces, conflicts and submodules', () => {
  const z = '0'.repeat(40);
  const output = [
    '# branch.oid (initial)',
    '# branch.head (detached)',
    `1 .M S.M. 160000 160000 160000 ${z} ${z} sub module`,
    `u UD N... 100644 100755 000000 100644 ${z} ${'1'.repeat(40)} ${z} a  b`,
    '? new file ',
    '',
  ].join('\0');
  expect(parseStatus(output)).toEqual({
    head: null,
    branch: null,
    entries: [
      { path: 'sub module', kind: 'changed', letters: '.M', stages: [] },
      {
        path: 'a  b',
        kind: 'unmerged',
        letters: 'UD',
        stages: [
          { mode: '100644', object: z },
          { mode: '100755', object: '1'.repeat(40) },
          { mode: '000000', object: z },
        ],
      },
      { path: 'new file ', kind: 'untracked', letters: '??', stages: [] },
    ],
  });
});
