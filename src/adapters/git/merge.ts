import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import { refuseOrThrow } from './errors.ts';
import type { MergeResult } from './git.ts';
import type { RunGit } from './invoke.ts';
import { claustreIdentity } from './objects.ts';
import { nulFields, read } from './plumbing.ts';
import { readCheckouts } from './refs.ts';

const mergeTimeoutMs = 120_000;

interface Tips {
  base: string;
  branch: string;
  /** false: there is only a remote-tracking branch of that name. */
  baseIsLocal: boolean;
}

interface MergedTree {
  tree: string;
  conflicts: string[];
}

/** See `Git.previewMerge`. A base that is only known from a remote is taken from there. */
export async function previewMerge(
  git: RunGit,
  repository: string,
  base: string,
  branch: string,
): Promise<{ conflicts: string[] } | Refusal> {
  const tips = await readTips(git, repository, base, branch);
  if (isRefusal(tips)) return tips;
  const merged = await mergeTrees(git, repository, tips);
  return isRefusal(merged) ? merged : { conflicts: merged.conflicts };
}

/** See `Git.mergeLocally`. A branch that is merged already is an answer, not a refusal. */
export async function mergeLocally(
  git: RunGit,
  request: {
    repository: string;
    base: string;
    branch: string;
    message: string;
    method: MergeMethod;
  },
): Promise<MergeResult | Refusal> {
  const { repository, base, branch, message, method } = request;
  const tips = await readTips(git, repository, base, branch);
  if (isRefusal(tips)) return tips;
  if (!tips.baseIsLocal) {
    return refuse(
      `There is no local branch "${base}" to merge into.`,
      `Run \`git branch ${base}\` in the repository.`,
      'not_found',
    );
  }
  // Exit code 1: not merged yet. A real failure shows again in the merge.
  const ancestry = await git(repository, ['merge-base', '--is-ancestor', tips.branch, tips.base]);
  if (ancestry.exitCode === 0) return { merged: true, commit: tips.base, alreadyMerged: true };
  if (method === 'rebase') return moveOnto(git, repository, request, tips);
  const merged = await mergeTrees(git, repository, tips);
  if (isRefusal(merged)) return merged;
  if (merged.conflicts.length > 0) return { merged: false, conflicts: merged.conflicts };
  const squash = method === 'squash';
  if (squash && merged.tree === (await treeOf(git, repository, tips.base))) {
    // What a squash brought in before is found by its content alone: it left no trace in the history.
    return { merged: true, commit: tips.base, alreadyMerged: true };
  }
  const parents = ['-p', tips.base, ...(squash ? [] : ['-p', tips.branch])];
  const commit = await read(git, repository, ['commit-tree', ...parents, '-F', '-', merged.tree], {
    input: message,
    env: await identity(git, repository),
  });
  const refusal = await moveBase(git, repository, base, tips.base, commit);
  return refusal ?? { merged: true, commit, alreadyMerged: false };
}

const treeOf = (git: RunGit, repository: string, commit: string): Promise<string> =>
  read(git, repository, ['rev-parse', `${commit}^{tree}`]);

/** Commits that stand on the base are taken as they are; others would have to be written anew, which is for whoever works on the branch. */
async function moveOnto(
  git: RunGit,
  repository: string,
  { base, branch }: { base: string; branch: string },
  tips: Tips,
): Promise<MergeResult | Refusal> {
  const stands = await git(repository, ['merge-base', '--is-ancestor', tips.base, tips.branch]);
  if (stands.exitCode !== 0) {
    return refuse(
      `"${branch}" does not stand on "${base}", so that it cannot be rebased without rewriting it.`,
      `Ask Claude to rebase it onto ${base}, or merge it with --method squash.`,
    );
  }
  const refusal = await moveBase(git, repository, base, tips.base, tips.branch);
  return refusal ?? { merged: true, commit: tips.branch, alreadyMerged: false };
}

async function readTips(
  git: RunGit,
  repository: string,
  base: string,
  branch: string,
): Promise<Tips | Refusal> {
  const output = await read(git, repository, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    `refs/heads/${base}`,
    `refs/heads/${branch}`,
    `refs/remotes/*/${base}`,
  ]);
  const refs = output.split('\n').map((line) => {
    const [commit = '', name = ''] = line.split(' ');
    return { commit, name };
  });
  const local = (name: string) => refs.find((ref) => ref.name === `refs/heads/${name}`)?.commit;
  const remote = refs.find((ref) => /^refs\/remotes\/[^/]+\/(.+)$/.exec(ref.name)?.[1] === base);
  const baseTip = local(base) ?? remote?.commit;
  const branchTip = local(branch);
  if (baseTip === undefined || branchTip === undefined) {
    const missing = baseTip === undefined ? base : branch;
    return refuse(`There is no branch "${missing}".`, 'Check `git branch --all`.', 'not_found');
  }
  return {
    base: baseTip,
    branch: branchTip,
    baseIsLocal: local(base) !== undefined,
  };
}

/** Merges in memory. git < 2.38 has no `merge-tree --write-tree`; the table of failures says so. */
export async function mergeTrees(
  git: RunGit,
  repository: string,
  { base, branch }: Pick<Tips, 'base' | 'branch'>,
): Promise<MergedTree | Refusal> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', base, branch];
  const answer = await git(repository, args, { timeoutMs: mergeTimeoutMs });
  const [tree, ...conflicts] = nulFields(answer.stdout);
  // Exit code 1: merged with conflicts, but also a commit that is not there; only the first has a tree.
  if ((answer.exitCode !== 0 && answer.exitCode !== 1) || tree === undefined) {
    return refuseOrThrow('The merge could not be computed', args, answer);
  }
  return {
    tree,
    conflicts: answer.exitCode === 0 ? [] : [...new Set(conflicts)],
  };
}

/** The merge is the person's, under their name; where git has none of theirs, it is claustre's rather than a failure. */
export async function identity(git: RunGit, repository: string): Promise<Record<string, string>> {
  const own = await git(repository, [
    '-c',
    'user.useConfigOnly=true',
    'var',
    'GIT_COMMITTER_IDENT',
  ]);
  return own.exitCode === 0 ? {} : claustreIdentity;
}

async function moveBase(
  git: RunGit,
  repository: string,
  base: string,
  from: string,
  to: string,
): Promise<Refusal | null> {
  const checkouts = await readCheckouts(git, repository);
  const holder = checkouts.find((one) => one.branch === base && !one.bare && !one.missing);
  if (!holder) {
    const args = ['update-ref', '-m', 'claustre: merge', `refs/heads/${base}`, to, from];
    const moved = await git(repository, args);
    return moved.exitCode === 0
      ? null
      : refuseOrThrow(`The branch "${base}" could not be moved`, args, moved);
  }
  // Git itself moves the files and refuses, before it touches any, when a change of the person's is in the way.
  const args = [
    'merge',
    '--ff-only',
    '--quiet',
    '--no-stat',
    '--no-autostash',
    '--no-verify-signatures',
    to,
  ];
  const merged = await git(holder.path, args, { timeoutMs: mergeTimeoutMs });
  if (merged.exitCode === 0) return null;
  const refusal = refuseOrThrow(`"${holder.path}" could not be moved forward`, args, merged);
  return {
    ...refusal,
    reason: `"${holder.path}" has "${base}" checked out: ${refusal.reason}`,
  };
}
