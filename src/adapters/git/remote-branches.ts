import { setTimeout as delay } from 'node:timers/promises';
import type { CommandResult } from '#adapters/command.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { knownRefusal, lastWords, unreadableObject } from './errors.ts';
import type { RunGit } from './invoke.ts';

const networkTimeoutMs = 60_000;
/** Git's helper for http outlives a git that is ended, and waits for ever: it gives up a silent server by itself, earlier than that. */
const SILENCE = { GIT_HTTP_LOW_SPEED_LIMIT: '1', GIT_HTTP_LOW_SPEED_TIME: '50' };
const fetchAttempts = 8;
/** An object that cannot be read even then is really gone. */
const unreadableAttempts = 4;

/**
 * Asks the remote for branches (`ls-remote`) and returns the commits of those that it has. Refuses when it cannot be reached, whatever
 * the reason: offline, no login, gone.
 */
export async function askRemote(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  remote: string,
  branches: readonly string[],
): Promise<Map<string, string> | Refusal> {
  const names = branches.map((branch) => `refs/heads/${branch}`);
  const answer = await overNetwork(git, env, repository, ['ls-remote', '--', remote, ...names]);
  if (isRefusal(answer)) return answer;
  const found = new Map<string, string>();
  for (const line of answer.split('\n')) {
    const [commit, name] = line.split('\t');
    // ls-remote matches the ends of names: refs/heads/x also finds refs/heads/y/refs/heads/x.
    const branch = branches.find((candidate) => name === `refs/heads/${candidate}`);
    if (commit && branch !== undefined) found.set(branch, commit);
  }
  return found;
}

/**
 * Brings branches of the remote into refs/remotes/<remote>/ and nothing else: no tags, no FETCH_HEAD, no other branch even when the
 * repository's own refspec says so. A lock held by another fetch is waited for; where the ref still cannot be written (a stale
 * refs/remotes/origin/a is in the way of a/b), the commits alone are brought.
 */
export async function fetchBranches(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  remote: string,
  branches: readonly string[],
): Promise<null | Refusal> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === fetchAttempts;
    const refspecs = branches.map((branch) =>
      last ? `refs/heads/${branch}` : `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`,
    );
    const answer = await overNetwork(git, env, repository, [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-recurse-submodules',
      '--refmap=',
      '--',
      remote,
      ...refspecs,
    ]);
    if (!isRefusal(answer)) return null;
    // The table of failures calls a lock and a name that is taken `refused`; everything else is about the remote.
    const transient = answer.reason === unreadableObject && attempt < unreadableAttempts;
    if ((answer.code !== 'refused' && !transient) || last) return answer;
    await delay(attempt * 40);
  }
}

async function overNetwork(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  args: readonly string[],
): Promise<string | Refusal> {
  const answer = await askOverNetwork(git, env, repository, args);
  if (isRefusal(answer)) return answer;
  if (answer.exitCode === 0) return answer.stdout;
  return (
    knownRefusal(answer) ??
    refuse(
      `The remote could not be read: ${lastWords(answer)}`,
      'Make `git fetch` work in a terminal, then try again.',
      'environment',
    )
  );
}

/** Runs git where it talks to the remote: no question on a terminal, and a limit of time. */
export async function askOverNetwork(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  args: readonly string[],
): Promise<CommandResult | Refusal> {
  try {
    return await git(repository, args, {
      timeoutMs: networkTimeoutMs,
      env: { ...SILENCE, ...(await sshWithoutQuestions(git, env, repository)) },
    });
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code !== 'timeout') throw error;
    return refuse(
      `The remote did not answer within ${networkTimeoutMs / 1000} s.`,
      'Check the network.',
      'timeout',
    );
  }
}

/** Keeps ssh from asking on a terminal. What the user has set, in the environment or in a repository's `core.sshCommand`, stays. */
export async function sshWithoutQuestions(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
): Promise<Record<string, string>> {
  if (env.GIT_SSH_COMMAND !== undefined || env.GIT_SSH !== undefined) return {};
  const configured = await git(repository, ['config', '--get', 'core.sshCommand']);
  return configured.exitCode === 0 ? {} : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' };
}
