import type { KnownBranch } from './git.ts';
import type { RunGit } from './invoke.ts';
import { nulFields, read } from './plumbing.ts';

/** Commits by full name of the ref, for exactly those of the names that exist. One process however many names. */
export async function readRefs(
  git: RunGit,
  repository: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const output = await read(git, repository, [
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    ...names,
  ]);
  const wanted = new Set(names);
  const refs = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [name, commit] = line.split(' ');
    // A pattern also matches what lies below it: refs/heads/a finds refs/heads/a/b.
    if (name && commit && wanted.has(name)) refs.set(name, commit);
  }
  return refs;
}

/** A working tree that the repository knows of; the first one is the main one. */
export interface Checkout {
  path: string;
  bare: boolean;
  /** Short name; null when HEAD is detached or the repository bare. */
  branch: string | null;
  /** Its folder is gone. */
  missing: boolean;
}

/** `git worktree list`, which knows every checkout of the repository whichever of them it is asked in. */
export async function readCheckouts(git: RunGit, repository: string): Promise<Checkout[]> {
  return parseCheckouts(await read(git, repository, ['worktree', 'list', '--porcelain', '-z']));
}

/** Reads `worktree list --porcelain -z`: attributes end with NUL, records with an empty attribute (git >= 2.36). */
export function parseCheckouts(output: string): Checkout[] {
  return output
    .split('\0\0')
    .map((record) => nulFields(record))
    .flatMap((attributes) => {
      const value = (name: string) =>
        attributes.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
      const path = value('worktree');
      if (path === undefined) return [];
      return {
        path,
        bare: attributes.includes('bare'),
        branch: value('branch')?.replace(/^refs\/heads\//, '') ?? null,
        missing: attributes.some((line) => line === 'prunable' || line.startsWith('prunable ')),
      };
    });
}

/** See `Git.findBranches`. */
export async function findBranches(
  git: RunGit,
  repository: string,
  remote: string | null,
  names: readonly string[],
): Promise<ReadonlyMap<string, KnownBranch>> {
  const fetchedRef = (name: string) => `refs/remotes/${remote}/${name}`;
  const wanted = names.flatMap((name) => [
    `refs/heads/${name}`,
    ...(remote === null ? [] : [fetchedRef(name)]),
  ]);
  const [refs, checkouts] = await Promise.all([
    readRefs(git, repository, wanted),
    readCheckouts(git, repository),
  ]);
  return new Map(
    names.map((name) => {
      const checkout = checkouts.find(({ branch, missing }) => branch === name && !missing);
      const local = refs.has(`refs/heads/${name}`);
      const fetched = remote !== null && refs.has(fetchedRef(name));
      return [name, { local, fetched, checkedOut: checkout?.path ?? null }];
    }),
  );
}
