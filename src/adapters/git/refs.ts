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
