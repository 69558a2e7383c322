import type { RunGit } from './invoke.ts';
import { inParallel, read } from './plumbing.ts';
import { trashRef } from './trash-record.ts';

/** Who makes commits that nobody typed: what is kept in the trash, or a merge where git knows no name of the person. */
export const claustreIdentity: Readonly<Record<string, string>> = {
  GIT_AUTHOR_NAME: 'claustre',
  GIT_AUTHOR_EMAIL: 'claustre@localhost',
  GIT_COMMITTER_NAME: 'claustre',
  GIT_COMMITTER_EMAIL: 'claustre@localhost',
};

/** Large untracked files are read and compressed. */
const hashingTimeoutMs = 600_000;

/** Absolute path of one of git's own files for this worktree. */
export async function gitPath(git: RunGit, worktree: string, name: string): Promise<string> {
  return read(git, worktree, ['rev-parse', '--path-format=absolute', '--git-path', name]);
}

/**
 * Stores the bytes of files as they are, unfiltered, and returns their objects in order; null for one that cannot be read. Paths are
 * relative to the worktree.
 */
export async function hashPaths(
  git: RunGit,
  worktree: string,
  paths: readonly string[],
): Promise<(string | null)[]> {
  const hash = ['hash-object', '-w', '--no-filters'];
  const objects = new Map<string, string>();
  // The list on stdin is one of lines, in which a quote begins a quoted name; other names go as arguments.
  const listed = paths.filter((path) => !/[\n\r"]/.test(path));
  const input = listed.map((path) => `${path}\n`).join('');
  const options = { input, timeoutMs: hashingTimeoutMs };
  const all = await git(worktree, [...hash, '--stdin-paths'], options);
  const lines = all.stdout.split('\n');
  for (const [at, path] of listed.entries()) {
    const object = lines[at];
    if (object) objects.set(path, object);
  }
  // Git stops at the first file that it cannot read; the rest is asked for one by one.
  const rest = paths.filter((path) => !objects.has(path));
  await inParallel(rest, 4, async (path) => {
    const one = await git(worktree, [...hash, '--', path], { timeoutMs: hashingTimeoutMs });
    if (one.exitCode === 0) objects.set(path, one.stdout.trim());
  });
  return paths.map((path) => objects.get(path) ?? null);
}

export async function writeBlob(git: RunGit, repository: string, input: string): Promise<string> {
  return read(git, repository, ['hash-object', '-w', '--stdin'], { input });
}

export async function writeTree(git: RunGit, repository: string, lines: string[]): Promise<string> {
  return read(git, repository, ['mktree'], { input: `${lines.join('\n')}\n` });
}

export async function commitTree(
  git: RunGit,
  repository: string,
  tree: string,
  parents: readonly string[],
): Promise<string> {
  const args = [...new Set(parents)].flatMap((parent) => ['-p', parent]);
  return read(git, repository, ['commit-tree', ...args, '-m', 'Kept by claustre', tree], {
    env: claustreIdentity,
  });
}

/** Makes refs below refs/claustre/trash/<name>/: all of them or none. */
export async function writeRefs(
  git: RunGit,
  repository: string,
  name: string,
  refs: Readonly<Record<string, string>>,
): Promise<void> {
  const input = Object.entries(refs)
    .map(([part, commit]) => `create ${trashRef(name)}/${part}\0${commit}\0`)
    .join('');
  await read(git, repository, ['update-ref', '-z', '--stdin'], { input });
}
