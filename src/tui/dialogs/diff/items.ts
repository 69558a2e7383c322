import { type Anchor, anchorOf, type Comment } from '#domain/review/comment.ts';
import type { DiffLine, FileDiff } from '#domain/review/diff.ts';
import type { DiffReading } from '#operations/diff/read.ts';

/** What the cursor can stand on. Numbers are places in the reading's files, their hunks and the lines of those; -1 is no file of it. */
export type Item =
  | { readonly kind: 'file'; readonly file: number }
  | { readonly kind: 'gone'; readonly file: -1; readonly path: string }
  | { readonly kind: 'note'; readonly file: number; readonly text: string }
  | { readonly kind: 'hunk'; readonly file: number; readonly hunk: number }
  | { readonly kind: 'line'; readonly file: number; readonly hunk: number; readonly line: number }
  | { readonly kind: 'comment'; readonly file: number; readonly comment: Comment };

/** Everything in the order in which it is read: files with their hunks and lines, comments below the lines that they are about. */
export function itemsOf(reading: DiffReading, folded: ReadonlySet<string>): Item[] {
  const items: Item[] = [];
  const placed = placedComments(reading);
  reading.files.forEach((diff, file) => {
    items.push({ kind: 'file', file });
    if (folded.has(diff.path)) return;
    for (const text of notesOf(diff)) items.push({ kind: 'note', file, text });
    const { lost, at } = placed[file] ?? { lost: [], at: new Map<string, Comment[]>() };
    for (const comment of lost) items.push({ kind: 'comment', file, comment });
    diff.hunks.forEach(({ lines }, hunk) => {
      items.push({ kind: 'hunk', file, hunk });
      for (let line = 0; line < lines.length; line += 1) {
        items.push({ kind: 'line', file, hunk, line });
        if (at.size === 0) continue;
        for (const comment of at.get(keyOf({ hunk, line })) ?? []) {
          items.push({ kind: 'comment', file, comment });
        }
      }
    });
    if (diff.cut) items.push({ kind: 'note', file, text: CUT });
  });
  items.push(...goneItems(reading));
  return items;
}

const CUT = 'Too long to be shown here to its end; o opens the file in your editor.';

function notesOf(diff: FileDiff): string[] {
  const notes: string[] = [];
  if (diff.mode !== null) notes.push(`mode ${diff.mode.from} → ${diff.mode.to}`);
  if (diff.binary) notes.push('A binary file has no lines to show.');
  else if (diff.hunks.length === 0 && !diff.cut && diff.mode === null) {
    notes.push(diff.change === 'added' ? 'empty file' : 'no line changed');
  }
  return notes;
}

interface Placed {
  /** Drafts whose lines are not in the diff any more. */
  lost: Comment[];
  at: Map<string, Comment[]>;
}

const keyOf = ({ hunk, line }: Anchor): string => `${hunk}:${line}`;

/** The comments of each file by their place. One that was sent and whose lines are gone was answered: it is not shown. */
function placedComments({ files, comments }: DiffReading): (Placed | undefined)[] {
  if (comments.length === 0) return [];
  return files.map((diff) => {
    const placed: Placed = { lost: [], at: new Map() };
    for (const comment of comments) {
      if (comment.file !== diff.path) continue;
      const anchor = anchorOf(comment, diff);
      if (anchor !== null) {
        const key = keyOf(anchor);
        placed.at.set(key, [...(placed.at.get(key) ?? []), comment]);
      } else if (comment.sentAt === null) placed.lost.push(comment);
    }
    return placed;
  });
}

/** Drafts on files that are not in the diff any more. */
function goneItems({ files, comments }: DiffReading): Item[] {
  const known = new Set(files.map(({ path }) => path));
  const items: Item[] = [];
  let path: string | null = null;
  const gone = comments.filter(({ file, sentAt }) => sentAt === null && !known.has(file));
  for (const comment of gone.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))) {
    if (comment.file !== path) items.push({ kind: 'gone', file: -1, path: comment.file });
    path = comment.file;
    items.push({ kind: 'comment', file: -1, comment });
  }
  return items;
}

/** The line that an item is; undefined for anything else. */
export function lineOf({ files }: DiffReading, item: Item | undefined): DiffLine | undefined {
  if (item?.kind !== 'line') return undefined;
  return files[item.file]?.hunks[item.hunk]?.lines[item.line];
}

/** Where the same thing stands among other items, made of a newer reading; the nearest place that is left when it is gone. */
export function sameItem(
  before: { reading: DiffReading; items: readonly Item[]; at: number },
  after: { reading: DiffReading; items: readonly Item[] },
): number {
  const item = before.items[before.at];
  if (item === undefined) return 0;
  if (item.kind === 'comment') {
    const same = after.items.findIndex(
      (each) => each.kind === 'comment' && each.comment.id === item.comment.id,
    );
    if (same !== -1) return same;
  }
  const path = before.reading.files[item.file]?.path;
  const file = after.reading.files.findIndex((each) => each.path === path);
  const start = after.items.findIndex((each) => each.kind === 'file' && each.file === file);
  if (file === -1 || start === -1) return clamp(before.at, after.items.length);
  const line = lineOf(before.reading, item);
  if (line !== undefined) {
    const same = nearestLine(after, file, line);
    if (same !== -1) return same;
  }
  const offset = before.at - before.items.findIndex((each) => each.file === item.file);
  const end = after.items.findLastIndex((each) => each.file === file);
  return Math.min(start + offset, end);
}

/** The line of the file with the same text whose number is nearest; -1 when there is none. */
function nearestLine(
  { reading, items }: { reading: DiffReading; items: readonly Item[] },
  file: number,
  wanted: DiffLine,
): number {
  const number = (line: DiffLine) => line.newLine ?? line.oldLine ?? 0;
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, item] of items.entries()) {
    if (item.file !== file) continue;
    const line = lineOf(reading, item);
    if (line === undefined || line.text !== wanted.text || line.kind !== wanted.kind) continue;
    const away = Math.abs(number(line) - number(wanted));
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}

export function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
