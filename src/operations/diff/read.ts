import { z } from 'zod';
import type { App } from '#app.ts';
import type { Comment } from '#domain/comment.ts';
import { type FileDiff, parseDiff } from '#domain/diff.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findWorktree } from '#operations/worktree/find.ts';

/** More than this a person does not read through; the files behind it are named with their numbers. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

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
  const diff = await git.diff(session.worktree, baseCommit, { cutAtBytes: MAX_TEXT_BYTES });
  if (isRefusal(diff)) return diff;
  const parsed = parseDiff(diff.text);
  const last = diff.cut ? parsed.pop() : undefined;
  if (last !== undefined) parsed.push({ ...last, cut: true });
  const known = new Set(parsed.map(({ path }) => path));
  const numbers = new Map(diff.files.map((file) => [file.path, file]));
  const files = parsed.map((file) =>
    file.cut ? { ...file, ...countsOf(numbers.get(file.path)) } : file,
  );
  for (const { path, ...counts } of diff.files) {
    if (!known.has(path)) files.push(unread(path, counts));
  }
  return {
    task: id,
    base: session.base,
    files,
    comments: store.comments.ofTask(id),
    viewed: store.viewedFiles.ofTask(id),
    readAt,
  };
}

type Counts = Pick<FileDiff, 'added' | 'deleted'>;

function countsOf(numbers: Counts | undefined): Counts {
  return { added: numbers?.added ?? null, deleted: numbers?.deleted ?? null };
}

/** A file of which the text of the diff ended too early to tell anything but its numbers. */
function unread(path: string, counts: Counts): FileDiff {
  return {
    ...countsOf(counts),
    path,
    oldPath: null,
    change: 'modified',
    binary: false,
    mode: null,
    hunks: [],
    hash: `${counts.added}-${counts.deleted}`,
    cut: true,
  };
}
