import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Comment } from '#domain/review/comment.ts';
import { type FileDiff, parseDiff } from '#domain/review/diff.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from '#operations/worktree/find.ts';

/** More than this a person does not read through; what goes beyond it is named with its numbers. */
const LIMITS = { bytes: 16 * 1024 * 1024, fileLines: 50_000 };

/** The diff of a task as somebody reads it: with what was said about it, and what was looked at already. */
export interface DiffReading {
  task: number;
  /** The branch that the work goes to. */
  base: string;
  files: FileDiff[];
  /** Drafts and sent comments, oldest first. */
  comments: Comment[];
  /** By path: the hash of the file's part of the diff when it was marked as viewed. */
  viewed: Record<string, string>;
  /** Milliseconds since 1970. */
  readAt: number;
}

/** Reads the diff of a task for a reader; one that is too long is cut, and its files say so. */
export const readDiff = defineOperation({
  name: 'diff.read',
  summary: 'Read the diff of a task with its comments.',
  input: z.object({ task: taskId }),
  run: (app, given): Promise<DiffReading | Refusal> => readTaskDiff(app, given.task),
});

/** See `readDiff`. */
export async function readTaskDiff(app: App, id: number): Promise<DiffReading | Refusal> {
  const { store, git, clock } = app;
  const found = findWorktree(app, id);
  if (isRefusal(found)) return found;
  const { session, baseCommit } = found;
  const readAt = clock.now();
  const diff = await git.diff(session.worktree, baseCommit, LIMITS);
  if (isRefusal(diff)) return diff;
  const parsed = parseDiff(diff.text);
  const last = diff.cut ? parsed.pop() : undefined;
  if (last !== undefined) parsed.push({ ...last, cut: true });
  return {
    task: id,
    base: session.base,
    files: withNumbers(parsed, diff.files),
    comments: store.comments.ofTask(id),
    viewed: store.viewedFiles.ofTask(id),
    readAt,
  };
}

type Counts = Pick<FileDiff, 'path' | 'added' | 'deleted'>;

/** All files in git's order, with git's own numbers where the text does not tell them. */
function withNumbers(parsed: readonly FileDiff[], counts: readonly Counts[]): FileDiff[] {
  const known = new Map(parsed.map((file) => [file.path, file]));
  const files = counts.map((count) => {
    const file = known.get(count.path);
    known.delete(count.path);
    if (file === undefined) return unread(count);
    return file.cut ? { ...file, added: count.added, deleted: count.deleted } : file;
  });
  return [...files, ...known.values()];
}

/** A file of which the text of the diff says nothing: it is too long, or the text ended before it. */
function unread({ path, added, deleted }: Counts): FileDiff {
  return {
    path,
    added,
    deleted,
    oldPath: null,
    change: 'modified',
    binary: false,
    mode: null,
    hunks: [],
    hash: `${added}-${deleted}`,
    cut: true,
  };
}
