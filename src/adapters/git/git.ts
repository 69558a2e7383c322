import type { Refusal } from '#domain/error.ts';
import type { Work } from '#domain/progress.ts';
import type { ChangedFile } from '#domain/proof/risk.ts';
import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import type { RemoteDeletion, RemoteDeletionRequest } from './delivery/remote-deletion.ts';
import type { RemoteMove } from './rebase/push.ts';
import type { Rebased, RebaseRequest } from './rebase/rebase.ts';

/** A repository as git describes it. */
export interface Repository {
  /** Absolute path of the main working tree (never of a linked worktree). */
  path: string;
  /** Name of the remote that tasks push to: `origin` if there is one, else the only remote; null without any. */
  remote: string | null;
  /** The remote's host, owner and name, when its URL has them; null for a local path. ssh aliases are resolved. */
  forge: { host: string; owner: string; name: string } | null;
  /** The remote's HEAD as last fetched, else the branch checked out in the main working tree, else `main`. Read without network. */
  defaultBranch: string;
}

/** Where a branch of this name is, as far as the repository knows by itself. */
export interface KnownBranch {
  local: boolean;
  /** The remote had it when it was fetched last. */
  fetched: boolean;
  /** Path of the working tree that has it checked out; null when none has. */
  checkedOut: string | null;
}

export interface WorktreeRequest {
  repository: string;
  /** Where it will lie; its parent is created, it must not exist. */
  path: string;
  branch: string;
  /** Branch name that the work starts from and goes to. */
  base: string;
  remote: string | null;
  /** false: without network, from what was fetched before. Default true. */
  fetch?: boolean;
}

/** What was made, and what was found on the way. `notes` are sentences for the person (for example: offline, base as of its last fetch). */
export interface WorktreeMade {
  /** Commit that the work is measured against. */
  baseCommit: string;
  /** created: new from the base. local: the branch was there. remote: made from the remote's branch of that name. */
  from: 'created' | 'local' | 'remote';
  notes: string[];
}

/** What stands in a worktree. Counted against the base commit where one is given. */
export interface WorktreeState {
  head: string;
  /** null when HEAD is detached. */
  branch: string | null;
  /** Files with staged or unstaged changes, untracked ones not included. */
  changed: number;
  untracked: number;
  /** Commits over the base commit. */
  ahead: number;
  /** Commits that no remote branch has; all of `ahead` when there is no remote. */
  unpushed: number;
}

export interface SavedWork {
  /** The folder of refs that holds it: refs/claustre/trash/<name>. */
  ref: string;
  branch: string;
  head: string;
  /** Counts for the sentence that tells of it. */
  commits: number;
  changed: number;
  untracked: number;
}

export interface DiffFile {
  path: string;
  /** null for a binary file. */
  added: number | null;
  deleted: number | null;
  untracked: boolean;
}

export interface Diff {
  files: DiffFile[];
  added: number;
  deleted: number;
  /** The unified diff, untracked files included as new files. */
  text: string;
  /** The text ends somewhere in the middle; the files and their numbers are complete. */
  cut?: true;
}

/** Whose work is measured, and against what. */
export interface WorkRequest {
  worktree: string;
  baseCommit: string;
  /** Branch that the work goes to. */
  base: string;
  /** Whose base counts; null for the local one. */
  remote: string | null;
}

/** What a worktree changes against its base commit: committed, uncommitted and untracked. */
export interface TouchedFiles {
  head: string;
  /** Paths, sorted. */
  files: string[];
  /** Those of them that are not as they are in the head. */
  uncommitted: string[];
}

/** One side of a merge that is only tried. */
export interface MergeSide {
  worktree: string;
  head: string;
  /** Files that are taken as they lie in the worktree; all others as they are in the head. */
  uncommitted: readonly string[];
}
/** The numbers of a session's work, and the files that they count. */
export type WorkReading = Omit<Work, 'readAt'> & { changed: ChangedFile[] };

/** How much of a diff its text has at most; what goes beyond it still has its numbers. */
export interface DiffLimits {
  /** The text ends there. */
  bytes: number;
  /** A file with more changed lines is left out of the text. */
  fileLines: number;
}

/** A commit as a sentence names it. */
export interface CommitLine {
  /** Its short name. */
  commit: string;
  subject: string;
}

export type MergeResult =
  | { merged: true; commit: string; alreadyMerged: boolean }
  | { merged: false; conflicts: string[] };

/**
 * Everything that claustre asks of git. Nothing here edits the user's `.git/config`, `info/exclude`, hooks or branches other than the
 * one named; worktrees are made with `--no-track`. A repository's own problems come back as refusals; a git that fails in a way that no
 * rule foresees throws ClaustreError with its last words.
 */
export interface Git {
  /** git's version; refuses (`environment`) when it is too old. Throws `environment` when it is missing. */
  version(): Promise<string | Refusal>;
  /** Refuses when the path is missing (`not_found`) or no repository, or has no commit yet. */
  inspectRepository(path: string): Promise<Repository | Refusal>;
  /** Where the branches of these names are, without network. Every name has an answer. */
  findBranches(
    repository: string,
    remote: string | null,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, KnownBranch> | Refusal>;
  /**
   * Makes the worktree: fetches base and branch from the remote (offline: goes on with what was fetched before, and notes it), then
   * checks out the branch that exists on the remote, or the local one (fast-forwarded when it is only behind its remote), or creates it
   * from the freshest base. Refuses: base not found, branch checked out elsewhere (names where), local and remote branch diverged,
   * invalid branch name. After a refusal or throw nothing of it is left.
   */
  addWorktree(request: WorktreeRequest): Promise<WorktreeMade | Refusal>;
  /** Copies ignored or untracked files that the repository's `.worktreeinclude` (gitignore syntax) names; returns their paths. Never overwrites, never follows a link outside. */
  copyIncluded(repository: string, worktree: string): Promise<string[]>;
  /** Refuses when it cannot be inspected: that is never "clean". Without a base commit `ahead` counts what no remote branch has. */
  inspectWorktree(path: string, baseCommit: string | null): Promise<WorktreeState | Refusal>;
  /**
   * Keeps branch tip, index, working tree and untracked files under refs/claustre/trash/<name>/. Changes nothing in the worktree. A missing
   * worktree directory is not an error: the branch alone is saved. Refuses when something cannot be read or kept (a repository with work of
   * its own inside), and when the name is taken: a second call must not write a half-removed worktree over a whole one. Choose a new
   * name for each time; ignored files are not kept.
   */
  saveWork(request: {
    repository: string;
    worktree: string;
    branch: string;
    baseCommit: string | null;
    name: string;
  }): Promise<SavedWork | Refusal>;
  /**
   * Removes worktree and local branch. Call only after saveWork. `deleteBranch` false keeps a branch that was the user's before the launch;
   * one that is checked out elsewhere stays in any case. Missing parts are fine. Throws `refused` for a folder that is no worktree added
   * to this repository.
   */
  removeWorktree(request: {
    repository: string;
    worktree: string;
    branch: string;
    deleteBranch: boolean;
  }): Promise<void>;
  /**
   * Brings branch, worktree, index, changed and untracked files back from refs/claustre/trash/<name>/. Refuses when the path is taken or the
   * branch is at another commit or checked out. Keeps the refs. After a refusal or throw nothing of it is left.
   */
  restoreWork(request: {
    repository: string;
    worktree: string;
    name: string;
  }): Promise<{ branch: string; head: string } | Refusal>;
  /**
   * The numbers of `diff`, its files, and how far the work and its base branch are apart as of the last fetch. Without network; bounded in time and in
   * what is read of untracked files. Refuses when it cannot be told.
   */
  readWork(request: WorkRequest): Promise<WorkReading | Refusal>;
  /** A text that changes when something was committed, staged or fetched; costs a few looks at files and starts no git. */
  workMark(request: Pick<WorkRequest, 'worktree' | 'base' | 'remote'>): string;
  /** Which files a worktree changes since the merge base with the base commit; bounded in time. Refuses when it cannot be told. */
  touchedFiles(worktree: string, baseCommit: string): Promise<TouchedFiles | Refusal>;
  /** Whether one of these files of a worktree was written, made or deleted since then (milliseconds since 1970), by whomever. Starts no git. */
  writtenSince(worktree: string, files: readonly string[], since: number): boolean;
  /**
   * The files that would conflict if the two sides of a pair were merged, for each pair in its order; null where that cannot be told. The same
   * side in several pairs is read once. Writes nothing into the repository or a worktree.
   */
  tryMerges(
    repository: string,
    pairs: readonly (readonly [MergeSide, MergeSide])[],
  ): Promise<(string[] | null)[] | Refusal>;
  /**
   * Committed, uncommitted and untracked changes since the merge base with the base commit. A text longer than 32 MiB is refused; with
   * limits it is cut instead.
   */
  diff(worktree: string, baseCommit: string, limits?: DiffLimits): Promise<Diff | Refusal>;
  /** Asks the remote what the branch is there (`ls-remote`); null when it has no such branch. Refuses when the remote cannot be reached. */
  remoteHead(
    repository: string,
    remote: string,
    branch: string,
  ): Promise<{ commit: string } | null | Refusal>;
  /**
   * Moves the own commits of a worktree's branch onto the newest commit of another branch, and what of them the remote has there too, with a
   * lease. Computed in memory first: a conflict, or a working tree that holds changes, leaves everything as it was. Safe to call again after a
   * crash or a lost answer. The branch as it was stays as refs/claustre/moved/<name>/from.
   */
  rebase(request: RebaseRequest): Promise<Rebased | Refusal>;
  /** Removes the refs that moves under these names left; what has none is fine. */
  forgetMoves(repository: string, names: readonly string[]): Promise<Refusal | null>;
  /** Makes or moves a branch on the remote, only if it is where it was seen; null when that was done. The remote has the last word. */
  moveRemoteBranch(move: RemoteMove): Promise<Refusal | null>;
  /** Whether the branch would merge into the base without conflict; computed in memory, touches nothing. */
  previewMerge(
    repository: string,
    base: string,
    branch: string,
  ): Promise<{ conflicts: string[] } | Refusal>;
  /** Commits of `to` that `from`, the branch's commit on the remote, does not hold, the newest first; at most 20. Fetches the branch where `from` is not here yet. */
  commitsBeyond(request: {
    repository: string;
    remote: string;
    branch: string;
    from: string;
    to: string;
  }): Promise<CommitLine[] | Refusal>;
  /**
   * Deletes a branch on the remote if it still is at that commit, and looks what is there when the answer was lost. Refuses when the remote
   * cannot be reached, or protects it.
   */
  deleteRemoteBranch(request: RemoteDeletionRequest): Promise<RemoteDeletion | Refusal>;
  /**
   * Brings the branch into the local base branch, without touching any working tree but one that has the base checked out (which is moved
   * forward only if its changes allow it; refuses otherwise): with a merge commit, as one commit (`squash`), or by moving the base onto the
   * branch (`rebase`, refused unless the branch stands on the base).
   */
  mergeLocally(request: {
    repository: string;
    base: string;
    branch: string;
    message: string;
    method: MergeMethod;
  }): Promise<MergeResult | Refusal>;
}
