import { cells } from './fit.ts';
import type { TextState } from './text-edit.ts';

/** One row of a wrapped text: from `start` up to, not including, `end`. A line end belongs to no row. */
export interface TextRow {
  readonly start: number;
  readonly end: number;
}

const ASCII = /^[ -~]*$/;
const clusters = new Intl.Segmenter();

/** Breaks of lines that were laid out before, relative to their start: a key press changes one line of many. */
let known = new Map<string, readonly number[]>();
let knownWidth = 0;
let last: { text: string; width: number; rows: readonly TextRow[] } | undefined;

/** The rows of a text in a field of `width` cells, broken between words. The last cell is kept free for the cursor. */
export function layOut(text: string, width: number): readonly TextRow[] {
  if (last?.text === text && last.width === width) return last.rows;
  const room = Math.max(1, width - 1);
  if (knownWidth !== room) known = new Map();
  knownWidth = room;
  const used = new Map<string, readonly number[]>();
  const rows: TextRow[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const breaks = known.get(line) ?? breakLine(line, room);
    used.set(line, breaks);
    let start = at;
    for (const point of breaks) {
      rows.push({ start, end: at + point });
      start = at + point;
    }
    rows.push({ start, end: at + line.length });
    at += line.length + 1;
  }
  known = used;
  last = { text, width, rows };
  return rows;
}

/** Where a line of the text is broken, as indexes into it. */
function breakLine(line: string, room: number): number[] {
  if (line.length <= room && ASCII.test(line)) return [];
  return ASCII.test(line) ? breakAscii(line, room) : breakClusters(line, room);
}

function breakAscii(line: string, room: number): number[] {
  const breaks: number[] = [];
  let start = 0;
  while (line.length - start > room) {
    // One space may stand in the cell that is kept free, so that no row begins with it.
    const space = line.lastIndexOf(' ', start + room);
    start = space >= start ? space + 1 : start + room;
    breaks.push(start);
  }
  return breaks;
}

function breakClusters(line: string, room: number): number[] {
  const breaks: number[] = [];
  let start = 0;
  let used = 0;
  let word = 0;
  let wordCells = 0;
  for (const { segment, index } of clusters.segment(line)) {
    const wide = cells(segment);
    const allowed = segment === ' ' ? room + 1 : room;
    while (used + wide > allowed && index > start) {
      const point = word > start ? word : index;
      breaks.push(point);
      used = point === word ? wordCells : 0;
      start = point;
    }
    used += wide;
    wordCells += wide;
    if (segment === ' ') {
      word = index + 1;
      wordCells = 0;
    }
  }
  return breaks;
}

/** Number of the row that the cursor stands on. */
export function cursorRow(rows: readonly TextRow[], cursor: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.start ?? 0) <= cursor) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The text with its cursor moved by rows, in the same column as far as the row reaches; null when there is no such row. */
export function moveByRows(state: TextState, by: number, width: number): TextState | null {
  const rows = layOut(state.text, width);
  const from = cursorRow(rows, state.cursor);
  const to = rows[from + by];
  const row = rows[from];
  if (to === undefined || row === undefined) return null;
  const column = cells(state.text.slice(row.start, state.cursor));
  // A row that goes on below ends where the next begins: the cursor stays before its last character.
  const next = rows[from + by + 1];
  const limit = next !== undefined && next.start === to.end ? to.end - 1 : to.end;
  let cursor = to.start;
  let used = 0;
  for (const { segment } of clusters.segment(state.text.slice(to.start, limit))) {
    used += cells(segment);
    if (used > column) break;
    cursor += segment.length;
  }
  return { ...state, cursor };
}
