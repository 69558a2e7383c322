import type { Comment } from '#domain/review/comment.ts';
import { type DiffLine, type FileDiff, signOf } from '#domain/review/diff.ts';
import { codeLine } from '#format/code-line.ts';
import { plainText } from '#format/text.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { filled, wrap } from '#tui/widgets/fit.ts';
import { type Look, type Spans, span } from '#tui/widgets/line.tsx';
import { breakText, countRows, marked, splitSpans } from '#tui/widgets/span-rows.ts';
import { type Item, lineOf } from './items.ts';
import { type DiffDialog, isViewed, selectedRange } from './reader.ts';
import { searchPattern } from './search.ts';

/** From here on both numbers of a line have room beside it. */
const TWO_NUMBERS_FROM = 72;
/** The mark of the cursor, and a blank. */
const MARK_CELLS = 2;
const COMMENT_ROWS = 40;
const FOUND: Look = { inverse: true };

/** The first item to show so that the one at the cursor is seen whole, moving the window as little as possible. */
export function topOf(reader: DiffDialog, width: number, height: number): number {
  const { items, at } = reader;
  const lowest = reachUp(reader, at, width, height);
  const last = reachUp(reader, items.length - 1, width, height);
  return Math.max(0, Math.min(Math.max(lowest, Math.min(reader.top, at)), Math.max(last, lowest)));
}

/** The first item above `from` from which on everything up to it fits. */
function reachUp(reader: DiffDialog, from: number, width: number, height: number): number {
  let at = from;
  let used = heightOf(reader, reader.items[at], width);
  while (at > 0) {
    used += heightOf(reader, reader.items[at - 1], width);
    if (used > height) break;
    at -= 1;
  }
  return at;
}

/** Rows of the items from `top` on, at most `height` of them; only these are made. */
export function visibleRows(
  reader: DiffDialog,
  theme: Theme,
  width: number,
  height: number,
): Spans[] {
  const rows: Spans[] = [];
  const pattern = searchPattern(reader.search);
  const [from, to] = selectedRange(reader);
  for (let index = topOf(reader, width, height); rows.length < height; index += 1) {
    const item = reader.items[index];
    if (item === undefined) break;
    const ranged = reader.anchor !== null && index >= from && index <= to;
    const mark = index === reader.at ? GLYPHS.selected : ranged ? '┃' : ' ';
    const body = rowsOf(reader, item, theme, width - MARK_CELLS, pattern);
    body.forEach((row, at) => {
      const shown = at === 0 || mark === '┃' ? mark : ' ';
      rows.push([span(`${shown} `, theme.look('accent')), ...row]);
    });
  }
  return rows.slice(0, height);
}

function heightOf(reader: DiffDialog, item: Item | undefined, width: number): number {
  const room = width - MARK_CELLS;
  if (item?.kind === 'comment') return commentWords(item.comment, room).length;
  const line = reader.wrap ? lineOf(reader.reading, item) : undefined;
  if (line === undefined || item === undefined) return 1;
  const gutter = gutterOf(reader.reading.files[item.file], room);
  return countRows(codeLine(line.text), room - gutter.cells - 1);
}

function rowsOf(
  reader: DiffDialog,
  item: Item,
  theme: Theme,
  width: number,
  pattern: RegExp | null,
): Spans[] {
  const file = reader.reading.files[item.file];
  switch (item.kind) {
    case 'file':
      return file === undefined ? [] : [fileRow(reader, file, theme, pattern)];
    case 'gone':
      return [[span(`${codeLine(item.path)}  not in the diff any more`, BOLD)]];
    case 'note':
      return [[span(`  ${item.text}`, DIM)]];
    case 'hunk':
      return [[span(codeLine(file?.hunks[item.hunk]?.header ?? ''), theme.look('info'))]];
    case 'comment':
      return commentRows(item.comment, theme, width);
    case 'line': {
      const line = lineOf(reader.reading, item);
      return line === undefined ? [] : lineRows(line, file, reader.wrap, { theme, width, pattern });
    }
    default:
      return item satisfies never;
  }
}

function fileRow(reader: DiffDialog, file: FileDiff, theme: Theme, pattern: RegExp | null): Spans {
  const { path, oldPath, change } = file;
  const look = { ...theme.look('accent'), bold: true };
  const moved = oldPath === null ? '' : `${codeLine(oldPath)} → `;
  const word = change === 'modified' || change === 'renamed' ? '' : `  ${WORDS[change]}`;
  const count = commentCount(reader, path);
  return [
    span(reader.folded.has(path) ? '▹ ' : '▾ ', DIM),
    span(isViewed(reader.reading, file) ? `${GLYPHS.done} ` : '', theme.look('good')),
    span(moved, DIM),
    ...marked(codeLine(path), look, pattern, FOUND),
    span(word, DIM),
    ...countSpans(file, theme),
    span(count === 0 ? '' : `  ${GLYPHS.comment}${count}`, theme.look('warning')),
  ];
}

const WORDS = { added: 'new', deleted: 'deleted', copied: 'copied' } as const;

/** `+12 -3` in their colours. */
export function countSpans({ added, deleted, binary }: FileDiff, theme: Theme): Spans {
  if (binary) return [span('  binary', DIM)];
  return [
    span(`  +${added ?? '–'}`, theme.look('good')),
    span(` -${deleted ?? '–'}`, theme.look('bad')),
  ];
}

/** Comments on a file that are still drafts. */
export function commentCount({ reading }: DiffDialog, path: string): number {
  return reading.comments.filter(({ file, sentAt }) => file === path && sentAt === null).length;
}

interface Gutter {
  digits: number;
  two: boolean;
  cells: number;
}

const digitsOf = new WeakMap<FileDiff, number>();

/** How wide the numbers of a file are; the last line of a file has the largest. */
function gutterOf(file: FileDiff | undefined, width: number): Gutter {
  const known = file === undefined ? 1 : digitsOf.get(file);
  const digits = known ?? Math.max(1, ...(file?.hunks ?? []).map(({ lines }) => largest(lines)));
  if (file !== undefined) digitsOf.set(file, digits);
  const oneSided = file?.change === 'added' || file?.change === 'deleted';
  const two = width >= TWO_NUMBERS_FROM && !oneSided;
  return { digits, two, cells: two ? 2 * digits + 2 : digits + 1 };
}

function largest(lines: readonly DiffLine[]): number {
  const last = lines.slice(-200);
  return Math.max(...last.map(({ oldLine, newLine }) => String(newLine ?? oldLine ?? 0).length));
}

function lineRows(
  line: DiffLine,
  file: FileDiff | undefined,
  wraps: boolean,
  { theme, width, pattern }: { theme: Theme; width: number; pattern: RegExp | null },
): Spans[] {
  const gutter = gutterOf(file, width);
  const look = lookOf(line, theme);
  const text = codeLine(line.text);
  const spans = marked(text, look, pattern, { ...look, ...FOUND });
  const room = width - gutter.cells - 1;
  const ended = [
    span(line.cut ? ' … and more' : '', DIM),
    span(line.unended ? '  no line break at the end' : '', DIM),
  ];
  const rows = wraps ? splitSpans(spans, breakText(text, room)) : [spans];
  return rows.map((row, index) => {
    const numbers = index === 0 ? numbersOf(line, gutter) : ' '.repeat(gutter.cells);
    const sign = index === 0 ? signOf(line) : ' ';
    const end = index === rows.length - 1 ? ended : [];
    return [span(numbers, DIM), span(sign, look), ...row, ...end];
  });
}

function lookOf({ kind }: DiffLine, theme: Theme): Look {
  if (kind === 'context') return {};
  return theme.look(kind === 'added' ? 'good' : 'bad');
}

function numbersOf({ oldLine, newLine }: DiffLine, { digits, two }: Gutter): string {
  const words = (number: number | null) => (number === null ? '' : String(number)).padStart(digits);
  return two ? `${words(oldLine)} ${words(newLine)} ` : `${words(newLine ?? oldLine)} `;
}

/** The rows of a comment as a block of its own below the line that it is about. */
function commentRows(comment: Comment, theme: Theme, width: number): Spans[] {
  const draft = comment.sentAt === null;
  const look = draft ? theme.look('warning') : DIM;
  return commentWords(comment, width).map((text, index) => [
    span(index === 0 ? `  ${GLYPHS.comment} ` : '  │ ', look),
    span(text, draft ? {} : DIM),
  ]);
}

function commentWords(comment: Comment, width: number): string[] {
  const { fromLine, toLine, sentAt } = comment;
  const range = fromLine === toLine ? '' : `lines ${fromLine}-${toLine}: `;
  const state = sentAt === null ? '' : ' (sent)';
  return wrap(`${range}${plainText(comment.text)}${state}`, Math.max(10, width - 4), COMMENT_ROWS);
}

/** The end of a path in exactly this many cells: what tells files apart stands there. */
export function pathEnd(path: string, width: number): string {
  const shown = codeLine(path);
  if (countRows(shown, width) <= 1) return filled(shown, width);
  const rows = breakText([...shown].reverse().join(''), Math.max(1, width - 1));
  return filled(`…${[...(rows[0] ?? '')].reverse().join('')}`, width);
}
