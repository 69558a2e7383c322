import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whatIsWrong } from '#demo/confirm.ts';
import { EXPECTED } from '#demo/tea-house.ts';
import type { World } from '#demo/world.ts';
import { tempRepo } from '../support/temp-repo.ts';

function stage() {
  const repo = tempRepo({ remote: false });
  const world: World = {
    root: repo.root,
    repository: repo.path,
    env: repo.env,
    git: async (...args) => repo.git(...args),
    end: async () => undefined,
    remove: () => undefined,
  };
  repo.git('checkout', '--quiet', '-b', 'work');
  repo.commit({ ...EXPECTED });
  repo.git('checkout', '--quiet', 'main');
  repo.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'work');
  repo.git('update-ref', 'refs/claustre/trash/1/head', 'work');
  repo.git('branch', '--quiet', '-D', 'work');
  const commit = repo.git('rev-parse', 'main');
  const ended = { id: 1, title: 'Work', branch: 'work', worktree: join(repo.root, 'gone'), commit };
  return { repo, world, ended };
}

test('a task that was merged and left nothing behind is right', async () => {
  const { world, ended } = stage();
  expect(await whatIsWrong(world, [ended])).toEqual([]);
});

test('git is believed, not claustre', async () => {
  const { repo, world, ended } = stage();
  repo.git('branch', 'work');
  expect(await whatIsWrong(world, [ended])).toEqual([expect.stringContaining('branch work')]);
  repo.git('branch', '-D', 'work');
  const other = { ...ended, commit: repo.git('rev-parse', 'main~1') };
  expect(await whatIsWrong(world, [other])).toEqual([expect.stringContaining('no merge commit')]);
  const there = { ...ended, worktree: repo.path };
  expect(await whatIsWrong(world, [there])).toEqual([expect.stringContaining('still there')]);
  repo.git('update-ref', '-d', 'refs/claustre/trash/1/head');
  expect(await whatIsWrong(world, [ended])).toEqual([expect.stringContaining('not all saved')]);
});

test('the files on main must be what was asked for, and its working tree clean', async () => {
  const { repo, world, ended } = stage();
  repo.git('update-ref', 'refs/claustre/trash/1/head', 'main');
  writeFileSync(join(repo.path, 'left.txt'), '');
  expect(await whatIsWrong(world, [ended])).toEqual([expect.stringContaining('not clean')]);
  repo.commit({ 'left.txt': '', 'menu.txt': 'Tea of the day: none\n' });
  expect(await whatIsWrong(world, [ended])).toEqual([expect.stringContaining('menu.txt on main')]);
});
