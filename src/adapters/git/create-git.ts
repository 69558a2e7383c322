import { type RunCommand, runCommand } from '#adapters/command.ts';
import { ClaustreError, type Refusal, refuse } from '#domain/error.ts';
import { commitsBeyond } from './delivery/commits-beyond.ts';
import { deleteRemoteBranch } from './delivery/remote-deletion.ts';
import { diffWorktree } from './diff.ts';
import type { Git } from './git.ts';
import { copyIncluded } from './included.ts';
import { createRunGit, gitEnvironment } from './invoke.ts';
import { mergeLocally, previewMerge } from './merge.ts';
import { workMark } from './progress/mark.ts';
import { readWork } from './progress/numbers.ts';
import { readTouched } from './radar/touched.ts';
import { tryMerges } from './radar/try-merges.ts';
import { writtenSince } from './radar/written.ts';
import { moveAlone, type TakeLock } from './rebase/alone.ts';
import { forgetMoves } from './rebase/begun.ts';
import { moveRemoteBranch } from './rebase/push.ts';
import { rebase } from './rebase/rebase.ts';
import { findBranches } from './refs.ts';
import { askRemote } from './remote-branches.ts';
import { inspectRepository } from './repository.ts';
import { saveWork } from './trash.ts';
import { restoreWork } from './trash-restore.ts';
import { readGitVersion } from './version.ts';
import { inspectWorktree } from './work.ts';
import { removeWorktree } from './worktree-removal.ts';
import { addWorktree } from './worktrees.ts';

/**
 * Makes the adapter. `env` is the environment that git runs in, whole: PATH, HOME and whatever the person's git needs (SSH_AUTH_SOCK,
 * proxies). It keeps nothing between calls.
 */
export function createGit(options: {
  env: Readonly<Record<string, string>>;
  run?: RunCommand;
  /** Held while a branch is moved; without one nobody else moves any. */
  takeLock?: TakeLock;
}): Git {
  const { run = runCommand, takeLock = () => () => undefined } = options;
  const env = gitEnvironment(options.env);
  const git = createRunGit(env, run);
  return {
    version: () => readGitVersion(run, env),
    inspectRepository: (path) => orRefuse(inspectRepository(git, path, env, run)),
    findBranches: (repository, remote, names) =>
      orRefuse(findBranches(git, repository, remote, names)),
    addWorktree: (request) => orRefuse(addWorktree(git, env, request)),
    copyIncluded: (repository, worktree) => copyIncluded(git, repository, worktree),
    inspectWorktree: (path, baseCommit) => orRefuse(inspectWorktree(git, path, baseCommit)),
    saveWork: (request) => orRefuse(saveWork(git, request)),
    removeWorktree: (request) => removeWorktree(git, request),
    restoreWork: (request) => orRefuse(restoreWork(git, env, request)),
    readWork: (request) => orRefuse(readWork(git, request)),
    workMark,
    writtenSince,
    touchedFiles: (worktree, baseCommit) => orRefuse(readTouched(git, worktree, baseCommit)),
    tryMerges: (repository, pairs) => orRefuse(tryMerges(git, repository, pairs)),
    diff: (worktree, baseCommit, limits) =>
      orRefuse(diffWorktree(git, worktree, baseCommit, limits ?? null)),
    remoteHead: (repository, remote, branch) =>
      orRefuse(readRemoteHead(git, env, repository, remote, branch)),
    rebase: (request) => orRefuse(moveAlone(takeLock, () => rebase(git, env, request))),
    forgetMoves: (repository, names) => orRefuse(forgetMoves(git, repository, names)),
    moveRemoteBranch: (move) => orRefuse(moveRemoteBranch(git, env, move)),
    commitsBeyond: (request) => orRefuse(commitsBeyond(git, env, request)),
    deleteRemoteBranch: (request) => orRefuse(deleteRemoteBranch(git, env, request)),
    previewMerge: (repository, base, branch) =>
      orRefuse(previewMerge(git, repository, base, branch)),
    mergeLocally: (request) => orRefuse(mergeLocally(git, request)),
  };
}

async function readRemoteHead(
  git: ReturnType<typeof createRunGit>,
  env: Readonly<Record<string, string>>,
  repository: string,
  remote: string,
  branch: string,
): Promise<{ commit: string } | null | Refusal> {
  const found = await askRemote(git, env, repository, remote, [branch]);
  if ('refused' in found) return found;
  const commit = found.get(branch);
  return commit === undefined ? null : { commit };
}

/** Failures that the table knows are answers for whoever asked; deep inside they are thrown, here they become the refusal they are. */
async function orRefuse<T>(answer: Promise<T>): Promise<T | Refusal> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code === 'internal') throw error;
    return refuse(error.message, error.hint, error.code);
  }
}
