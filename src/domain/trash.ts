import type { After } from '#domain/dependency.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Criterion } from './gate/criterion.ts';
import type { Comment } from './review/comment.ts';
import type { Session } from './session.ts';
import type { Subtask, Task } from './task.ts';
import type { Attempt } from './usage.ts';

/** What the trash keeps of a task whose row was removed. */
export interface RemovedTask {
  task: Task;
  subtasks: Subtask[];
  /** Absent in entries of a claustre that knew none. */
  criteria?: Criterion[];
  /** What it waited for, and which tasks waited for it and how; bare numbers in entries of an older claustre. */
  after: (number | After)[];
  before: (number | After)[];
  pullRequest: PullRequest | null;
  /** Absent in entries of an older claustre. */
  attempts?: Attempt[];
  /** The session that the entry is of; its row went with the task's. */
  session: Session | null;
  /** What was said about its diff; absent in entries of a claustre that knew no comments. */
  comments?: Comment[];
}

/** What was saved before something was removed, and how to bring it back. */
export interface TrashEntry {
  id: number;
  projectId: number;
  taskId: number;
  sessionId: string | null;
  /** The command that removed it: kill, done, remove-task, merge. */
  reason: string;
  /** Folder of refs that holds branch, index and files; null when there was no worktree. */
  ref: string | null;
  branch: string | null;
  worktree: string | null;
  head: string | null;
  base: string | null;
  baseCommit: string | null;
  claudeSessionId: string | null;
  transcriptPath: string | null;
  commits: number;
  changed: number;
  untracked: number;
  /** The whole task as JSON when its row was removed; null while the row is there. */
  task: string | null;
  createdAt: string;
  restoredAt: string | null;
}

/** "2 commits, 1 changed file, 3 untracked files"; null when there was nothing that exists only there. */
export function describeSaved(
  saved: Pick<TrashEntry, 'commits' | 'changed' | 'untracked'>,
): string | null {
  const parts = [
    saved.commits > 0 ? `${saved.commits} ${saved.commits === 1 ? 'commit' : 'commits'}` : '',
    saved.changed > 0 ? `${saved.changed} changed ${saved.changed === 1 ? 'file' : 'files'}` : '',
    saved.untracked > 0
      ? `${saved.untracked} untracked ${saved.untracked === 1 ? 'file' : 'files'}`
      : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
