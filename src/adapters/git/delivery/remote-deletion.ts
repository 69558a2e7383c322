import type { CommandResult } from '#adapters/command.ts';
import { knownRefusal, lastWords } from '#adapters/git/errors.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { askOverNetwork, askRemote } from '#adapters/git/remote-branches.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';

/** What became of a branch on the remote; `moved` it is at another commit by now, and stays. */
export type RemoteDeletion = 'deleted' | 'gone' | 'moved';

export interface RemoteDeletionRequest {
  repository: string;
  remote: string;
  branch: string;
  /** The commit that it must be at. */
  commit: string;
}

/**
 * See `Git.deleteRemoteBranch`. The lease is the commit itself and not what was fetched last, so that somebody's push in between keeps the
 * branch. After an answer that was lost the remote is asked what is there now.
 */
export async function deleteRemoteBranch(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: RemoteDeletionRequest,
): Promise<RemoteDeletion | Refusal> {
  const { repository, remote, branch, commit } = request;
  const look = async (): Promise<RemoteDeletion | 'there' | Refusal> => {
    const found = await askRemote(git, env, repository, remote, [branch]);
    if (isRefusal(found)) return found;
    const now = found.get(branch);
    if (now === undefined) return 'gone';
    return now === commit ? 'there' : 'moved';
  };
  const before = await look();
  if (before !== 'there') return before;
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${commit}`;
  const args = ['push', '--quiet', '--no-verify', lease, '--', remote, `:${ref}`];
  const pushed = await askOverNetwork(git, env, repository, args);
  if (!isRefusal(pushed) && pushed.exitCode === 0) return 'deleted';
  const after = await look();
  if (after === 'gone') return 'deleted';
  return after === 'there' ? whyNotDeleted(request, pushed) : after;
}

/** `refused` when the remote itself says no, which it will say again; anything else may pass. */
function whyNotDeleted(
  { branch, remote }: RemoteDeletionRequest,
  pushed: CommandResult | Refusal,
): Refusal {
  if (isRefusal(pushed)) return pushed;
  const what = `The branch "${branch}" could not be deleted on ${remote}`;
  const rejected = /^ ! \[remote rejected\].*?(\([^)\n]*\))?$/m.exec(pushed.stderr);
  if (rejected !== null) {
    return refuse(
      `${what}: the remote does not let it go ${rejected[1] ?? ''}`.trimEnd().concat('.'),
    );
  }
  return (
    knownRefusal(pushed) ??
    refuse(`${what}: ${lastWords(pushed)}`, 'It is tried again later.', 'environment')
  );
}
