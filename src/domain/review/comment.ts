import { type Refusal, refuse } from '#domain/error.ts';
import { type DiffLine, type DiffSide, type FileDiff, signOf } from './diff.ts';

/** What a person says about lines of a task's diff. It is a draft until it was sent to Claude. */
export interface Comment {
  id: number;
  taskId: number;
  file: string;
  side: DiffSide;
  /** Numbers of the first and the last line, counted from 1 in that side's version of the file. */
  fromLine: number;
  toLine: number;
  /** The lines as they stood in the diff, each with its sign: they tell what was meant when the file has changed since. */
  quote: string;
  text: string;
  /** When its words were written last. */
  writtenAt: string;
  /** Null while it is a draft. */
  sentAt: string | null;
}

/** Lines of one file that a comment is about. */
export type CommentPlace = Pick<Comment, 'file' | 'side' | 'fromLine' | 'toLine'>;

/** Longer ones belong into a prompt of their own. */
const MAX_COMMENT_CHARACTERS = 10_000;
/** Lines of a range that are kept as its quote. */
const MAX_QUOTED_LINES = 200;

/** Reads `src/a.ts:12` or `src/a.ts:12-14`. The last colon counts: a file's name may have others. */
export function readPlace(place: string, side: DiffSide): CommentPlace | Refusal {
  const match = /^(.+):(\d{1,9})(?:-(\d{1,9}))?$/s.exec(place);
  const [, file = '', from = '', to = from] = match ?? [];
  const [fromLine, toLine] = [Number(from), Number(to)];
  if (match === null || fromLine < 1 || toLine < fromLine) {
    return refuse(
      `"${place}" names no lines of a file.`,
      'Write FILE:LINE or FILE:FIRST-LAST, like src/a.ts:12-14.',
      'invalid',
    );
  }
  return { file, side, fromLine, toLine };
}

/** `src/a.ts:12-14`, as `readPlace` reads it. */
export function formatPlace({ file, fromLine, toLine }: Omit<CommentPlace, 'side'>): string {
  return `${file}:${fromLine}${toLine === fromLine ? '' : `-${toLine}`}`;
}

/**
 * The place and the quote of these neighbouring lines of a hunk: in the new version of the file if any of them is in it, else in the old
 * one. Null when none of them has a number.
 */
export function placeOf(
  file: string,
  lines: readonly DiffLine[],
): (CommentPlace & { quote: string }) | null {
  const side: DiffSide = lines.some(({ newLine }) => newLine !== null) ? 'new' : 'old';
  const numbers = lines.map((line) => numberOn(line, side)).filter((each) => each !== null);
  const [fromLine] = numbers;
  const toLine = numbers.at(-1);
  if (fromLine === undefined || toLine === undefined) return null;
  return { file, side, fromLine, toLine, quote: quoteOf(lines) };
}

/** The lines of the diff between the first and the last line of the place, deleted ones among them included; empty when it is not shown. */
export function linesAt(diff: FileDiff, place: Omit<CommentPlace, 'file'>): readonly DiffLine[] {
  for (const { lines } of diff.hunks) {
    const from = lines.findIndex((line) => numberOn(line, place.side) === place.fromLine);
    const to = lines.findIndex((line) => numberOn(line, place.side) === place.toLine);
    if (from !== -1 && to !== -1) return lines.slice(from, to + 1);
  }
  return [];
}

/** The lines with their signs, as a comment keeps them. */
export function quoteOf(lines: readonly DiffLine[]): string {
  return lines
    .slice(0, MAX_QUOTED_LINES)
    .map((line) => `${signOf(line)}${line.text}`)
    .join('\n');
}

/** Where a comment stands in the diff now. */
export interface Anchor {
  readonly hunk: number;
  /** Index of its last line in that hunk. */
  readonly line: number;
}

/**
 * Finds the lines of a comment in the file's diff: at their numbers if they still read the same, else the nearest lines that read the same.
 * Null when there are none: the work has moved on.
 */
export function anchorOf(
  comment: Pick<Comment, 'side' | 'fromLine' | 'quote'>,
  diff: FileDiff,
): Anchor | null {
  const wanted = comment.quote.split('\n').map((line) => line.slice(1));
  let best: (Anchor & { distance: number }) | null = null;
  diff.hunks.forEach(({ lines }, hunk) => {
    for (let at = 0; at + wanted.length <= lines.length; at += 1) {
      if (!wanted.every((text, index) => lines[at + index]?.text === text)) continue;
      const number = firstNumber(lines.slice(at, at + wanted.length), comment.side);
      if (number === null) continue;
      const distance = Math.abs(number - comment.fromLine);
      if (best === null || distance < best.distance) {
        best = { hunk, line: at + wanted.length - 1, distance };
      }
    }
  });
  return best === null ? null : { hunk: (best as Anchor).hunk, line: (best as Anchor).line };
}

function firstNumber(lines: readonly DiffLine[], side: DiffSide): number | null {
  for (const line of lines) {
    const number = numberOn(line, side);
    if (number !== null) return number;
  }
  return null;
}

function numberOn(line: DiffLine, side: DiffSide): number | null {
  return side === 'new' ? line.newLine : line.oldLine;
}

/** Why this text cannot be a comment; undefined when it can. */
export function whyNotComment(text: string): Refusal | undefined {
  if (text.trim() === '') return refuse('A comment needs words.', undefined, 'invalid');
  if (text.length <= MAX_COMMENT_CHARACTERS) return undefined;
  return refuse(
    `A comment has at most ${MAX_COMMENT_CHARACTERS} characters.`,
    'Send the rest as a prompt of its own: claustre send',
    'invalid',
  );
}
