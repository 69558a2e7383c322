import { lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MergeSide } from '#adapters/git/git.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { mergeTrees } from '#adapters/git/merge.ts';
import { commitTree, gitPath } from '#adapters/git/objects.ts';
import { read } from '#adapters/git/plumbing.ts';
import { ClaustreError, isRefusal } from '#domain/error.ts';

const timeoutMs = 15_000;
/** Uncommitted files of one side with more bytes together are not tried. */
const maxBytes = 8 * 1024 * 1024;

/**
 * See `Git.tryMerges`. What a merge makes goes into a folder of objects of its own that is removed again, and the content of uncommitted
 * files into an index of its own: the repository, the worktrees and their indexes stay as they are.
 */
export async function tryMerges(
  git: RunGit,
  repository: string,
  pairs: readonly (readonly [MergeSide, MergeSide])[],
): Promise<(string[] | null)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'claustre-radar-'));
  try {
    const objects = join(folder, 'objects');
    await mkdir(objects);
    const own = await gitPath(git, repository, 'objects');
    const env = {
      GIT_OBJECT_DIRECTORY: objects,
      // Quoted, since a colon would end the path.
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(own),
      GIT_NO_LAZY_FETCH: '1',
    };
    const apart: RunGit = (directory, args, options) =>
      git(directory, args, { ...options, timeoutMs, env: { ...options?.env, ...env } });
    const commits = new Map<MergeSide, Promise<string | null>>();
    const commitOf = (side: MergeSide): Promise<string | null> => {
      const index = join(folder, `index-${commits.size}`);
      const made = commits.get(side) ?? orUnknown(commitAsItIs(apart, side, index));
      commits.set(side, made);
      return made;
    };
    const found: (string[] | null)[] = [];
    for (const [one, other] of pairs) {
      const base = await commitOf(one);
      const branch = await commitOf(other);
      if (base === null || branch === null) found.push(null);
      else found.push(await orUnknown(conflictsOf(apart, repository, base, branch)));
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function conflictsOf(
  git: RunGit,
  repository: string,
  base: string,
  branch: string,
): Promise<string[] | null> {
  const merged = await mergeTrees(git, repository, { base, branch });
  return isRefusal(merged) ? null : merged.conflicts;
}

/** A commit that holds a side as it is now; null when it holds too much. */
async function commitAsItIs(
  git: RunGit,
  { worktree, head, uncommitted }: MergeSide,
  index: string,
): Promise<string | null> {
  if (uncommitted.length === 0) return head;
  let bytes = 0;
  for (const path of uncommitted) bytes += await sizeOf(join(worktree, path));
  if (bytes > maxBytes) return null;
  const env = { GIT_INDEX_FILE: index };
  await read(git, worktree, ['read-tree', head], { env });
  const input = uncommitted.map((path) => `${path}\0`).join('');
  const update = ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'];
  await read(git, worktree, update, { env, input });
  const tree = await read(git, worktree, ['write-tree'], { env });
  return commitTree(git, worktree, tree, [head]);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    // A file that was removed is a change, too.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 0;
    throw error;
  }
}

/** What git cannot do, or not in time, is unknown: nobody waits for this answer. */
async function orUnknown<T>(answer: Promise<T | null>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClaustreError) return null;
    throw error;
  }
}
