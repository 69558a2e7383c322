import { join } from 'node:path';
import { ClaustreError } from '#domain/error.ts';
import { lastWords } from './errors.ts';
import type { RunGit } from './invoke.ts';
import { exists } from './paths.ts';
import { nulFields, read } from './plumbing.ts';
import { sshWithoutQuestions } from './remote-branches.ts';

const submodulesTimeoutMs = 300_000;

/**
 * Checks the submodules of a fresh worktree out and returns null, or a sentence when that did not work: the worktree is of use without
 * them. `submodule init` would write to the `.git/config` that all worktrees share. Calling all of them active for this one command does
 * the same without: `update` takes an address that is not configured from `.gitmodules`. The clones lie in the worktree's own git
 * directory and go with it.
 */
export async function checkOutSubmodules(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  worktree: string,
): Promise<string | null> {
  if (!(await exists(join(worktree, '.gitmodules')))) return null;
  const chosen = await git(worktree, ['config', '--get-all', 'submodule.active']);
  const active = chosen.exitCode === 0 ? [] : ['-c', 'submodule.active=.'];
  try {
    const answer = await git(
      worktree,
      [...active, 'submodule', '--quiet', 'update', '--recursive'],
      {
        timeoutMs: submodulesTimeoutMs,
        env: await sshWithoutQuestions(git, env, worktree),
      },
    );
    return answer.exitCode === 0
      ? null
      : `The submodules could not be checked out: ${lastWords(answer)}`;
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code !== 'timeout') throw error;
    return `The submodules were not checked out within ${submodulesTimeoutMs / 1000} s.`;
  }
}

/**
 * Folders of the submodules that are checked out in a worktree, relative to it; those inside of others are not entered. The index tells
 * of them: `.gitmodules` may have been changed or deleted while they still hold work.
 */
async function readSubmodules(git: RunGit, worktree: string): Promise<string[]> {
  const output = await read(git, worktree, ['ls-files', '--stage', '-z']);
  const paths = nulFields(output)
    .filter((entry) => entry.startsWith('160000 '))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1));
  const present = await Promise.all(paths.map((path) => exists(join(worktree, path, '.git'))));
  return paths.filter((_, index) => present[index]);
}

/**
 * The first submodule whose work would be lost with the worktree, or null: its clone is removed together with it, and nothing of it can
 * be kept in the outer repository. Work is anything uncommitted and every commit that no remote of it has.
 */
export async function submoduleWithWork(git: RunGit, worktree: string): Promise<string | null> {
  for (const path of await readSubmodules(git, worktree)) {
    const folder = join(worktree, path);
    const status = await git(folder, ['status', '--porcelain', '-z', '--untracked-files=all']);
    const commits = await git(folder, [
      'rev-list',
      '--max-count=1',
      'HEAD',
      '--branches',
      '--glob=refs/stash*',
      '--not',
      '--remotes',
    ]);
    const unread = status.exitCode !== 0 || commits.exitCode !== 0;
    if (unread || status.stdout !== '' || commits.stdout !== '') return path;
    const inner = await submoduleWithWork(git, folder);
    if (inner !== null) return join(path, inner);
  }
  return null;
}
