import { cells } from './fit.ts';
import type { Look, Span, Spans } from './line.tsx';

const ASCII = /^[ -~]*$/;
const clusters = new Intl.Segmenter();

/** How many rows of `width` cells the text takes when it is broken anywhere; at least one. */
export function countRows(text: string, width: number): number {
  const room = Math.max(1, width);
  return ASCII.test(text)
    ? Math.max(1, Math.ceil(text.length / room))
    : breakText(text, room).length;
}

/** The text in pieces of at most `width` cells, broken between any two characters; at least one piece. */
export function breakText(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const { segment } of clusters.segment(text)) {
    const wide = ASCII.test(segment) ? segment.length : cells(segment);
    if (used + wide > room && row !== '') {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += segment;
    used += wide;
  }
  return [...rows, row];
}

/** The text in one look, and what the pattern finds in it in another one. The pattern has the flag `g`. */
export function marked(text: string, look: Look, pattern: RegExp | null, found: Look): Span[] {
  if (pattern === null) return [{ text, look }];
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue;
    spans.push({ text: text.slice(at, match.index), look }, { text: match[0], look: found });
    at = match.index + match[0].length;
  }
  spans.push({ text: text.slice(at), look });
  return spans.filter((each) => each.text !== '');
}

/** Spans of one line cut at the ends of these rows, which together are its text. */
export function splitSpans(spans: Spans, rows: readonly string[]): Span[][] {
  const split: Span[][] = [];
  const rest = [...spans];
  for (const row of rows) {
    const parts: Span[] = [];
    let missing = row.length;
    while (missing > 0) {
      const next = rest.shift();
      if (next === undefined) break;
      const text = next.text.slice(0, missing);
      parts.push({ ...next, text });
      missing -= text.length;
      if (text.length < next.text.length)
        rest.unshift({ ...next, text: next.text.slice(text.length) });
    }
    split.push(parts);
  }
  return split;
}
