import { knownRefusal, lastWords } from '#adapters/git/errors.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { askRemote, sshWithoutQuestions } from '#adapters/git/remote-branches.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';

const pushTimeoutMs = 120_000;

export interface RemoteMove {
  repository: string;
  remote: string;
  branch: string;
  /** Where the branch has to be there; null: it must not exist. */
  from: string | null;
  to: string;
}

/**
 * Moves a branch of the remote, only if it still is where it was seen. Whatever git says, the remote has the last word: a push whose answer was
 * lost may have been done. Refuses when it was not.
 */
export async function moveRemoteBranch(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  { repository, remote, branch, from, to }: RemoteMove,
): Promise<Refusal | null> {
  const ref = `refs/heads/${branch}`;
  const args = [
    'push',
    '--quiet',
    '--no-follow-tags',
    '--recurse-submodules=no',
    `--force-with-lease=${ref}:${from ?? ''}`,
    '--',
    remote,
    `${to}:${ref}`,
  ];
  const failed = await tryPush(git, env, repository, args, remote);
  if (failed === null) return null;
  const there = await askRemote(git, env, repository, remote, [branch]);
  return !isRefusal(there) && there.get(branch) === to ? null : failed;
}

async function tryPush(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  args: readonly string[],
  remote: string,
): Promise<Refusal | null> {
  try {
    const answer = await git(repository, args, {
      timeoutMs: pushTimeoutMs,
      env: await sshWithoutQuestions(git, env, repository),
    });
    if (answer.exitCode === 0) return null;
    const stale = /\(stale info\)/.test(answer.stderr);
    if (stale) return refuse(`Somebody else pushed to the branch on "${remote}".`, 'Look there.');
    const words = lastWords(answer) || 'git said nothing';
    return knownRefusal(answer) ?? refuse(`"${remote}" did not take the push: ${words}`);
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code !== 'timeout') throw error;
    const seconds = pushTimeoutMs / 1000;
    return refuse(`"${remote}" did not take the push within ${seconds} s.`, undefined, 'timeout');
  }
}
