import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunCommand } from '#adapters/command.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { notARepository, refuseOrThrow } from './errors.ts';
import type { Repository } from './git.ts';
import type { RunGit } from './invoke.ts';
import { read } from './plumbing.ts';
import { parseCheckouts } from './refs.ts';
import { readRemote } from './remotes.ts';

/** See `Git.inspectRepository`. Any folder inside the repository or one of its worktrees will do. */
export async function inspectRepository(
  git: RunGit,
  given: string,
  env: Readonly<Record<string, string>>,
  run: RunCommand,
): Promise<Repository | Refusal> {
  // git itself runs elsewhere; "." is where the person stands.
  const path = resolve(given);
  if (!(await isDirectory(path))) {
    return refuse(`There is no folder "${path}".`, 'Check the path.', 'not_found');
  }
  const args = ['worktree', 'list', '--porcelain', '-z'];
  const list = await git(path, args);
  if (list.exitCode !== 0) {
    const refusal = refuseOrThrow(`"${path}" could not be read`, args, list);
    return refusal.reason === notARepository
      ? refuse(`"${path}" is no git repository.`, 'Name the folder of a repository.')
      : refusal;
  }
  const main = parseCheckouts(list.stdout)[0];
  const root = await mainPath(git, path, main?.path ?? path);
  if (!(await hasCommit(git, path))) {
    return refuse(`"${root}" has no commit yet.`, 'Make a first commit there.');
  }
  const { remote, forge } = await readRemote(root, env, run);
  const remoteHead = remote === null ? null : await readRemoteHead(git, root, remote);
  return {
    path: root,
    remote,
    forge,
    defaultBranch: remoteHead ?? main?.branch ?? 'main',
  };
}

/**
 * `worktree list` derives the main path from the git directory's, which is wrong for a submodule or `--separate-git-dir`: there git names
 * the git directory itself. Asked inside such a main working tree, `--show-toplevel` is right.
 */
async function mainPath(git: RunGit, path: string, listed: string): Promise<string> {
  const answer = await read(git, path, [
    'rev-parse',
    '--path-format=absolute',
    '--is-inside-work-tree',
    '--git-dir',
    '--git-common-dir',
  ]);
  const [inside, gitDirectory, common] = answer.split('\n');
  if (inside !== 'true' || gitDirectory !== common) return listed;
  return read(git, path, ['rev-parse', '--path-format=absolute', '--show-toplevel']);
}

async function hasCommit(git: RunGit, path: string): Promise<boolean> {
  const head = await git(path, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.exitCode === 0) return true;
  // HEAD may name a branch that was never born while others have commits, as in a clone of a remote with another default branch.
  return (await read(git, path, ['for-each-ref', '--count=1'])) !== '';
}

/** The branch that `refs/remotes/<remote>/HEAD` names, or null: a fetch into an existing repository never makes that ref. */
async function readRemoteHead(git: RunGit, path: string, remote: string): Promise<string | null> {
  const ref = `refs/remotes/${remote}/HEAD`;
  // Exit code 1: there is no such ref.
  const answer = await git(path, ['symbolic-ref', '--quiet', ref]);
  const prefix = `refs/remotes/${remote}/`;
  const target = answer.stdout.trim();
  return answer.exitCode === 0 && target.startsWith(prefix) ? target.slice(prefix.length) : null;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
