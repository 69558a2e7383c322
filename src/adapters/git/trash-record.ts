import { ClaustreError } from '#domain/error.ts';
import type { RunGit } from './invoke.ts';
import { read } from './plumbing.ts';

/** A path whose working tree differs from the index. */
export interface SavedFile {
  path: string;
  /** Of git's modes; null when the working tree does not have it. */
  mode: '100644' | '100755' | '120000' | '160000' | null;
  /** The bytes as they lay on disk, unfiltered; for 160000 a commit of the submodule; null without a mode. */
  object: string | null;
}

/** What the trash knows of a worktree besides trees: the file `about.json` of <ref>/state. */
export interface TrashRecord {
  version: 1;
  branch: string;
  /** null when the worktree was gone and only the branch was kept. */
  worktree: null | {
    /** HEAD's commit. */
    commit: string;
    /** Whether the branch was checked out; otherwise HEAD was detached or on another one. */
    onBranch: boolean;
    files: SavedFile[];
    /** A merge, cherry-pick or revert that was not finished: git's files for it by name. */
    unfinished: Record<string, string>;
  };
}

/** Files in a worktree's git directory that make the next commit a merge, cherry-pick or revert. */
export const unfinishedFiles = [
  'MERGE_HEAD',
  'MERGE_MSG',
  'MERGE_MODE',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
] as const;

export function trashRef(name: string): string {
  return `refs/claustre/trash/${name}`;
}

/** Reads what `saveWork` wrote, or null when nothing of that name is kept. Throws `internal` when it is not ours. */
export async function readTrash(
  git: RunGit,
  repository: string,
  name: string,
): Promise<{ head: string; state: string; record: TrashRecord } | null> {
  const ref = trashRef(name);
  const refs = await read(git, repository, [
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    ref,
  ]);
  const commits = new Map(refs.split('\n').map((line) => line.split(' ') as [string, string]));
  const head = commits.get(`${ref}/head`);
  const state = commits.get(`${ref}/state`);
  if (head === undefined || state === undefined) return null;
  const text = await read(git, repository, ['cat-file', 'blob', `${state}:about.json`]);
  const record: unknown = JSON.parse(text);
  if (!isTrashRecord(record)) {
    throw new ClaustreError('internal', `${ref} was not written by this version of claustre.`, {
      hint: `Look at it with \`git log --all ${ref}/worktree\`.`,
    });
  }
  return { head, state, record };
}

function isTrashRecord(value: unknown): value is TrashRecord {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}
