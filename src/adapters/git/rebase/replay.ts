import { refuseOrThrow } from '#adapters/git/errors.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { identity } from '#adapters/git/merge.ts';
import { claustreIdentity } from '#adapters/git/objects.ts';
import { nulFields, read } from '#adapters/git/plumbing.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';

/** More commits than this are no branch of one task: something else is wrong. */
const MOST_COMMITS = 500;
const mergeTimeoutMs = 120_000;

interface Commit {
  id: string;
  parent: string;
  tree: string;
  author: { name: string; email: string; date: string };
  message: string;
}

/** Files in which a commit does not apply, with its first line. */
export interface ReplayConflict {
  conflicts: string[];
  subject: string;
}

export interface Replayed {
  head: string;
  /** What each commit became, by its old name; one that brings nothing new any more became what is below it. */
  became: ReadonlyMap<string, string>;
}

/** Which commits are written anew, and on what. */
export interface ReplayRequest {
  repository: string;
  head: string;
  onto: string;
  /** What these hold is not the branch's own. */
  without: readonly string[];
  /** The last commit of `head` that is not its own. */
  below: string;
}

/**
 * Writes the own commits of a branch anew on another commit, as `git rebase --onto` would, in memory alone: no working tree, index or branch is
 * touched, and there is nothing half done to clear away. Merges are left out, as rebase does, but only where the outcome is the same.
 */
export async function replay(
  git: RunGit,
  request: ReplayRequest,
): Promise<Replayed | ReplayConflict | Refusal> {
  const { repository, onto } = request;
  const own = await readOwn(git, request);
  if (isRefusal(own)) return own;
  const env = await identity(git, repository);
  const sign = await signs(git, repository);
  const became = new Map<string, string>();
  let at = { id: onto, tree: await treeOf(git, repository, onto) };
  for (const commit of own) {
    const merged = await pick(git, repository, commit, at);
    if (isRefusal(merged)) return merged;
    if (merged.conflicts.length > 0) {
      const [subject = ''] = commit.message.split('\n');
      return { conflicts: merged.conflicts, subject };
    }
    const empty = merged.tree === at.tree;
    const wasEmpty = empty && commit.tree === (await treeOf(git, repository, commit.parent));
    if (!empty || wasEmpty) {
      const id = await write(
        git,
        repository,
        { ...commit, parent: at.id, tree: merged.tree },
        env,
        sign,
      );
      if (isRefusal(id)) return id;
      at = { id, tree: merged.tree };
    }
    became.set(commit.id, at.id);
  }
  const differs = await losesMerges(git, request, at.tree);
  return differs ?? { head: at.id, became };
}

async function readOwn(
  git: RunGit,
  { repository, head, onto, without }: ReplayRequest,
): Promise<Commit[] | Refusal> {
  const format = ['%H', '%P', '%T', '%an', '%ae', '%ad', '%B'].join('%x00');
  const output = await read(git, repository, [
    '-c',
    'log.showSignature=false',
    'log',
    '--reverse',
    '--topo-order',
    '--no-merges',
    '--date=raw',
    `--max-count=${MOST_COMMITS + 1}`,
    `--format=${format}%x00`,
    head,
    '--not',
    onto,
    ...without,
    '--',
  ]);
  const fields = output.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 7 <= fields.length; at += 7) {
    const [id = '', parent = '', tree = '', name = '', email = '', date = '', message = ''] =
      fields.slice(at, at + 7);
    commits.push({ id: id.trim(), parent, tree, author: { name, email, date }, message });
  }
  if (commits.length > MOST_COMMITS) {
    return refuse(
      `More than ${MOST_COMMITS} commits would have to be moved.`,
      'Rebase the branch by hand if that is meant.',
    );
  }
  if (commits.every(({ parent }) => parent !== '')) return commits;
  return refuse('A commit without a parent cannot be moved.', 'Rebase the branch by hand.');
}

/** Applies what a commit changes to another tree. Its parent is the common ancestor of the merge: so does cherry-pick. */
async function pick(
  git: RunGit,
  repository: string,
  { id, parent }: Commit,
  onto: { tree: string },
): Promise<{ tree: string; conflicts: string[] } | Refusal> {
  const ours = await standIn(git, repository, onto.tree, parent);
  return mergeTrees(git, repository, ours, id);
}

/** A commit of this tree over that parent, so that a merge finds the common ancestor that is meant. Nothing refers to it. */
async function standIn(
  git: RunGit,
  repository: string,
  tree: string,
  parent: string,
): Promise<string> {
  const args = ['commit-tree', '-p', parent, '-m', 'Stands for a merge', tree];
  return read(git, repository, args, { env: claustreIdentity });
}

async function mergeTrees(
  git: RunGit,
  repository: string,
  ours: string,
  theirs: string,
): Promise<{ tree: string; conflicts: string[] } | Refusal> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  const answer = await git(repository, args, { timeoutMs: mergeTimeoutMs });
  // Exit code 1: merged with conflicts.
  if (answer.exitCode !== 0 && answer.exitCode !== 1) {
    return refuseOrThrow('The move could not be computed', args, answer);
  }
  const [tree = '', ...conflicts] = nulFields(answer.stdout);
  return { tree, conflicts: answer.exitCode === 0 ? [] : [...new Set(conflicts)] };
}

async function write(
  git: RunGit,
  repository: string,
  { parent, tree, author, message }: Commit,
  env: Readonly<Record<string, string>>,
  sign: boolean,
): Promise<string | Refusal> {
  const args = ['commit-tree', ...(sign ? ['-S'] : []), '-p', parent, '-F', '-', tree];
  const written = await git(repository, args, {
    input: message,
    env: {
      ...env,
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: `@${author.date}`,
    },
  });
  if (written.exitCode === 0) return written.stdout.trim();
  if (!sign) return refuseOrThrow('A commit could not be written', args, written);
  return refuse(
    'The moved commits could not be signed as your git is set to (commit.gpgSign).',
    'Unlock the key, or rebase the branch by hand.',
    'environment',
  );
}

async function signs(git: RunGit, repository: string): Promise<boolean> {
  const answer = await git(repository, ['config', '--type=bool', '--get', 'commit.gpgSign']);
  return answer.exitCode === 0 && answer.stdout.trim() === 'true';
}

/** What was resolved in a merge of the branch itself would be lost with that merge: then the outcome differs from that of one whole merge. */
async function losesMerges(
  git: RunGit,
  { repository, head, onto, without, below }: ReplayRequest,
  tree: string,
): Promise<Refusal | null> {
  const count = ['rev-list', '--count', '--merges', head, '--not', onto, ...without, '--'];
  if ((await read(git, repository, count)) === '0') return null;
  const [ours, theirs] = await Promise.all(
    [onto, head].map(async (commit) =>
      standIn(git, repository, await treeOf(git, repository, commit), below),
    ),
  );
  const whole = await mergeTrees(git, repository, ours ?? '', theirs ?? '');
  if (isRefusal(whole)) return whole;
  if (whole.conflicts.length === 0 && whole.tree === tree) return null;
  return refuse(
    'The branch holds merges that cannot be moved without losing what was resolved in them.',
    'Ask Claude to rebase it, or do it by hand.',
  );
}

const treeOf = (git: RunGit, repository: string, commit: string): Promise<string> =>
  read(git, repository, ['rev-parse', `${commit}^{tree}`]);
