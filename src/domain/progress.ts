import type { Risk } from '#domain/proof/risk.ts';

/** The numbers of a session's work, as git told them at one moment. */
export interface Work {
  /** The commit that was checked out; null when that could not be told. */
  head: string | null;
  /** Commits that the base branch, as it was last fetched, does not have; null when there is no such branch here. */
  ahead: number | null;
  /** Commits of the base branch that the work does not have. */
  behind: number | null;
  /** Changed files against the recorded base commit: committed, uncommitted and untracked ones. */
  files: number;
  added: number;
  deleted: number;
  /** There are more untracked files or lines than were counted. */
  cut: boolean;
  /** Milliseconds since 1970. */
  readAt: number;
}

/** The newest tool call of a turn, in words. */
export interface Doing {
  text: string;
  /** Milliseconds since 1970. */
  since: number;
}

/** How far the work of a session is; each part is null until it was read. */
export interface Progress {
  work: Work | null;
  /** What among its changed files is worth a look, as of the same reading. */
  risks: Risk[] | null;
  doing: Doing | null;
}

/** Whether a reading has the same numbers as the one before it: nothing changed that anybody could see. */
export function isSameWork(before: Work | null, now: Omit<Work, 'readAt'>): boolean {
  if (before === null) return false;
  const { ahead, files, added, deleted } = now;
  return (
    before.ahead === ahead &&
    before.files === files &&
    before.added === added &&
    before.deleted === deleted
  );
}

/** Between two readings of the same worktree, however much happens in it. */
const WORK_SPACING_MS = 5_000;
/** A reading that took long is not asked for again before this many times as long has passed: git gets a twentieth of a core at most. */
const WORK_SHARE = 20;

/** When the numbers may be read again after a reading that took so long; all in milliseconds. */
export function nextWorkAt(readAt: number, tookMs: number): number {
  return readAt + Math.max(WORK_SPACING_MS, tookMs * WORK_SHARE);
}
