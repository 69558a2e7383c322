import { existsSync } from 'node:fs';
import { EXPECTED } from './tea-house.ts';
import type { World } from './world.ts';

/** What one task left behind, as claustre says; git is asked whether it is so. */
export interface Ended {
  id: number;
  title: string;
  branch: string;
  worktree: string;
  /** The merge commit. */
  commit: string;
}

/** Asks git itself whether every task ended as it should. Returns what is wrong, in sentences; nothing when all is well. */
export async function whatIsWrong(world: World, tasks: readonly Ended[]): Promise<string[]> {
  const wrong: string[] = [];
  const { git } = world;
  const merges = (await git('rev-list', '--merges', '--first-parent', 'main')).split('\n');
  const branches = (await git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).split(
    '\n',
  );
  const worktrees = await git('worktree', 'list', '--porcelain');
  const trash = (await git('for-each-ref', '--format=%(refname)', 'refs/claustre/trash')).split(
    '\n',
  );
  for (const { id, branch, worktree, commit } of tasks) {
    if (!merges.includes(commit)) wrong.push(`#${id}: ${commit} is no merge commit on main.`);
    if (branches.includes(branch)) wrong.push(`#${id}: the branch ${branch} is still there.`);
    if (existsSync(worktree) || worktrees.includes(worktree)) {
      wrong.push(`#${id}: the worktree ${worktree} is still there.`);
    }
  }
  if (trash.filter((ref) => ref !== '').length < tasks.length) {
    wrong.push('What was removed was not all saved under refs/claustre/trash.');
  }
  for (const [file, text] of Object.entries(EXPECTED)) {
    const found = `${await git('show', `main:${file}`)}\n`;
    if (found !== text) wrong.push(`${file} on main is ${JSON.stringify(found)}.`);
  }
  const status = await git('status', '--porcelain');
  if (status !== '') wrong.push(`The working tree of main is not clean:\n${status}`);
  return wrong;
}
