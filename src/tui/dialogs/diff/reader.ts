import type { Snapshot } from '#app.ts';
import type { Work } from '#domain/progress.ts';
import { type Comment, type CommentPlace, placeOf } from '#domain/review/comment.ts';
import type { FileDiff } from '#domain/review/diff.ts';
import type { DiffReading } from '#operations/diff/read.ts';
import { clamp, type Item, itemsOf, lineOf, sameItem } from './items.ts';

/** What tells that the work is another one: counts of its files and lines. */
export type WorkNumbers = Pick<Work, 'files' | 'added' | 'deleted'>;

/** The reader of a task's diff. */
export interface DiffDialog {
  readonly kind: 'diff';
  readonly taskId: number;
  readonly title: string;
  readonly reading: DiffReading;
  /** The numbers of the work that were known when the diff was read. */
  readonly numbers: WorkNumbers | null;
  /** Paths of files of which only the name is shown. */
  readonly folded: ReadonlySet<string>;
  /** Everything that the cursor can stand on, made of reading and folded. */
  readonly items: readonly Item[];
  readonly at: number;
  /** The item in the first row. */
  readonly top: number;
  /** Where a range of lines begins; null while there is none. */
  readonly anchor: number | null;
  /** Long lines go on in the next row instead of being cut. */
  readonly wrap: boolean;
  /** What was searched for last; empty before any search. */
  readonly search: string;
  /** The draft that was deleted last, until it is brought back. */
  readonly removed: Comment | null;
}

/** Opens at the first file; those that are viewed and have not changed since are folded. */
export function openReader(
  title: string,
  reading: DiffReading,
  numbers: WorkNumbers | null = null,
): DiffDialog {
  const folded = new Set(
    reading.files.filter((file) => isViewed(reading, file)).map(({ path }) => path),
  );
  const first = reading.files.findIndex(({ path }) => !folded.has(path));
  const items = itemsOf(reading, folded);
  const at = items.findIndex((item) => item.kind === 'file' && item.file === first);
  return {
    kind: 'diff',
    taskId: reading.task,
    title,
    reading,
    numbers,
    folded,
    items,
    at: Math.max(0, at),
    top: 0,
    anchor: null,
    wrap: false,
    search: '',
    removed: null,
  };
}

/** Whether somebody has looked at the file as it is now. */
export function isViewed({ viewed }: DiffReading, { path, hash }: FileDiff): boolean {
  return Object.hasOwn(viewed, path) && viewed[path] === hash;
}

export function currentItem({ items, at }: DiffDialog): Item | undefined {
  return items[at];
}

/** The file that the cursor is in; undefined below the last one. */
export function currentFile(reader: DiffDialog): FileDiff | undefined {
  return reader.reading.files[currentItem(reader)?.file ?? -1];
}

/** The same with the cursor elsewhere; a range reaches as far as its hunk. */
export function moveTo(reader: DiffDialog, at: number): DiffDialog {
  return { ...reader, at: clamp(at, reader.items.length) };
}

/** The next or the previous item of one of these kinds; where there is none the cursor stays. */
export function moveToKind(
  reader: DiffDialog,
  kinds: readonly Item['kind'][],
  by: 1 | -1,
): DiffDialog {
  const { items } = reader;
  for (let at = reader.at + by; at >= 0 && at < items.length; at += by) {
    const kind = items[at]?.kind;
    if (kind !== undefined && kinds.includes(kind)) return moveTo(reader, at);
  }
  return reader;
}

/** The reader with another reading, or other files folded; the cursor stays on the same thing. */
export function remade(
  reader: DiffDialog,
  change: { reading?: DiffReading; folded?: ReadonlySet<string> },
): DiffDialog {
  const reading = change.reading ?? reader.reading;
  const folded = change.folded ?? reader.folded;
  const items = itemsOf(reading, folded);
  const at = sameItem(reader, { reading, items });
  // What is above the cursor may have grown or shrunk: the rows around it stay where they are.
  const top = Math.max(0, reader.top + at - reader.at);
  return { ...reader, reading, folded, items, at, top, anchor: null };
}

/** Shows only the name of the file that the cursor is in, or all of it again. */
export function toggleFold(reader: DiffDialog): DiffDialog {
  const file = currentFile(reader);
  if (file === undefined) return reader;
  return setFolded(reader, file, !reader.folded.has(file.path));
}

export function setFolded(reader: DiffDialog, { path }: FileDiff, fold: boolean): DiffDialog {
  const folded = new Set(reader.folded);
  if (fold) folded.add(path);
  else folded.delete(path);
  const file = reader.reading.files.findIndex((each) => each.path === path);
  const head = reader.items.findIndex((item) => item.kind === 'file' && item.file === file);
  // What the cursor stood on is hidden: it goes to the name of the file.
  const from = fold && currentItem(reader)?.file === file ? moveTo(reader, head) : reader;
  return remade(from, { folded });
}

/** The items that a comment would be about: the line at the cursor, or the lines of the range that are in its hunk. */
export function selectedRange({ items, at, anchor }: DiffDialog): [from: number, to: number] {
  if (anchor === null) return [at, at];
  const start = items[anchor];
  if (start?.kind !== 'line') return [at, at];
  const step = at < anchor ? -1 : 1;
  let end = anchor;
  for (let next = anchor; next !== at + step; next += step) {
    const item = items[next];
    if (item?.kind === 'comment') continue;
    if (item?.kind !== 'line' || item.hunk !== start.hunk || item.file !== start.file) break;
    end = next;
  }
  return anchor < end ? [anchor, end] : [end, anchor];
}

/** Place and quote of what is selected; null when the cursor is on no line. */
export function selectedPlace(reader: DiffDialog): (CommentPlace & { quote: string }) | null {
  const [from, to] = selectedRange(reader);
  const items = reader.items.slice(from, to + 1);
  const lines = items.flatMap((item) => lineOf(reader.reading, item) ?? []);
  const path = reader.reading.files[items[0]?.file ?? -1]?.path;
  return path === undefined ? null : placeOf(path, lines);
}

/** Where an editor is to open what the cursor is on: `src/a.ts:12`; null below the last file. */
export function editorPlace(reader: DiffDialog): string | null {
  const file = currentFile(reader);
  if (file === undefined) return null;
  const { items, reading, at } = reader;
  // A deleted line is no longer there: the next one that is, or the last one before it.
  const near = [...items.slice(at, at + 200), ...items.slice(Math.max(0, at - 200), at).reverse()];
  const shown = near.find(
    (item) => item.file === items[at]?.file && lineOf(reading, item)?.newLine,
  );
  const line = lineOf(reading, shown)?.newLine;
  return line === undefined || line === null ? file.path : `${file.path}:${line}`;
}

export function drafts({ reading }: DiffDialog): readonly Comment[] {
  return reading.comments.filter(({ sentAt }) => sentAt === null);
}

/** Files and lines of the whole diff. */
export function numbersOf({ files }: DiffReading): WorkNumbers {
  const sum = (key: 'added' | 'deleted') => files.reduce((all, file) => all + (file[key] ?? 0), 0);
  return { files: files.length, added: sum('added'), deleted: sum('deleted') };
}

/**
 * Why what is shown may be old; null while nothing tells so. Nobody asks git for it: the supervisor counts the work anyway, and Claude's hooks
 * tell of its turns.
 */
export function whyOld(
  { taskId, reading, numbers }: DiffDialog,
  { sessions, progress }: Pick<Snapshot, 'sessions' | 'progress'>,
): string | null {
  const session = sessions.get(taskId);
  if (session === undefined) return 'The session has ended; this is what was read before.';
  if (session.activity.name === 'working') return 'Claude is at work; R reads the diff again.';
  const last = Math.max(session.promptedAt ?? 0, session.turnEndedAt ?? 0);
  if (last > reading.readAt) return 'Claude has worked since this was read; R reads it again.';
  const work = progress.get(taskId)?.work ?? null;
  if (work === null || work.readAt <= reading.readAt) return null;
  // Both: what was counted may have lagged behind, and what is too long is counted in another way than it is read.
  const changed = !sameNumbers(work, numbersOf(reading)) && !sameNumbers(work, numbers);
  return changed ? 'The work has changed since this was read; R reads it again.' : null;
}

function sameNumbers(one: WorkNumbers, other: WorkNumbers | null): boolean {
  return one.files === other?.files && one.added === other.added && one.deleted === other.deleted;
}
