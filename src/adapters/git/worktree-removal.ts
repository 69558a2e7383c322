import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ClaustreError } from '#domain/error.ts';
import { gitFailure } from './errors.ts';
import type { RunGit } from './invoke.ts';
import { canonicalPath, exists } from './paths.ts';
import { read } from './plumbing.ts';
import { readCheckouts } from './refs.ts';
import { removeEmpty } from './worktrees.ts';

const removalTimeoutMs = 300_000;

/**
 * See `Git.removeWorktree`. A folder that is no worktree of this repository, or its main one, is never removed (`refused`). A branch that
 * is checked out elsewhere meanwhile is somebody's and stays.
 */
export async function removeWorktree(
  git: RunGit,
  request: {
    repository: string;
    worktree: string;
    branch: string;
    deleteBranch: boolean;
  },
): Promise<void> {
  const { repository, branch } = request;
  const worktree = await canonicalPath(request.worktree);
  const checkouts = await readCheckouts(git, repository);
  const entry = checkouts.findIndex((checkout) => checkout.path === worktree);
  if (entry === 0 || (entry === -1 && (await exists(worktree)))) {
    throw new ClaustreError(
      'refused',
      `"${worktree}" is not removed: it is no worktree that was added to "${repository}".`,
      {
        hint: 'Look into it and remove it by hand if nothing of it is needed.',
      },
    );
  }
  if (entry > 0) await removeRegistered(git, repository, worktree);
  await removeEmpty(foldersOfBranchName(worktree, branch));
  const elsewhere = checkouts.some((one) => one.branch === branch && one.path !== worktree);
  if (!request.deleteBranch || elsewhere) return;
  await deleteBranch(git, repository, branch);
}

async function removeRegistered(git: RunGit, repository: string, worktree: string): Promise<void> {
  // Twice `--force`: once for changes and submodules, once for a lock.
  const args = ['worktree', 'remove', '--force', '--force', '--', worktree];
  const removed = await git(repository, args, { timeoutMs: removalTimeoutMs });
  if (removed.exitCode === 0) return;
  // Git refuses where its own files in the worktree are damaged, as after a removal that was interrupted. The list has shown that the
  // folder is its worktree, so what it would have removed is removed here: the folder and this one entry, not every stale one.
  await rm(worktree, { recursive: true, force: true, maxRetries: 3 });
  const entry = await findEntry(git, repository, worktree);
  if (entry !== null) await rm(entry, { recursive: true, force: true });
  const left = await readCheckouts(git, repository);
  if (left.some((checkout) => checkout.path === worktree)) {
    throw gitFailure(`The worktree "${worktree}" could not be removed`, args, removed);
  }
}

/** Git's own folder for a linked worktree, or null. */
async function findEntry(git: RunGit, repository: string, worktree: string) {
  const common = await read(git, repository, [
    'rev-parse',
    '--path-format=absolute',
    '--git-common-dir',
  ]);
  const folder = join(common, 'worktrees');
  for (const name of await readdir(folder)) {
    const target = await readFile(join(folder, name, 'gitdir'), 'utf8').catch(() => null);
    if (target !== null && resolve(folder, name, target.trim()) === join(worktree, '.git')) {
      return join(folder, name);
    }
  }
  return null;
}

/** The folders that only the slashes of the branch name have made: a/b in …/project/a/b, deepest first. */
function foldersOfBranchName(worktree: string, branch: string): string[] {
  if (!worktree.endsWith(`/${branch}`)) return [];
  const folders: string[] = [];
  let folder = dirname(worktree);
  for (let slashes = branch.split('/').length - 1; slashes > 0; slashes -= 1) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return folders;
}

async function deleteBranch(git: RunGit, repository: string, branch: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const there = await git(repository, ['rev-parse', '--verify', '--quiet', ref]);
  if (there.exitCode !== 0) return;
  // Not `update-ref -d`: an agent's `push -u` has written the branch into `.git/config`, and `branch -D` takes that out again.
  await read(git, repository, ['branch', '--quiet', '-D', '--', branch]);
}
