import stringWidth from 'string-width';
import { plainText } from '#format/text.ts';
import { steady } from './steady.ts';

/** One cell each, and no cluster of several characters: nearly everything that is ever shown. Spares the measuring of each row. */
const SIMPLE =
  /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u21FF\u2298\u2500-\u25FC\u2610\u26A0\u270E\u2713\u2717\u27F3]*$/;

/** More code units than this no character has that anybody writes; what piles up more marks is cut. */
const LONGEST_CLUSTER = 64;

const clusters = new Intl.Segmenter();

/** How many cells of the screen the text takes as it is drawn. */
export function cells(text: string): number {
  return SIMPLE.test(text) ? text.length : stringWidth(steady(text));
}

/** The text as it is drawn: see steady.ts. */
export function drawn(text: string): string {
  return SIMPLE.test(text) ? text : steady(text);
}

/** The text in at most `width` cells; what is cut off shows as an ellipsis. Never cuts a character in two. */
export function clip(given: string, width: number): string {
  if (width <= 0) return '';
  if (SIMPLE.test(given)) {
    return given.length <= width ? given : `${given.slice(0, width - 1)}…`;
  }
  // Every character that is drawn has a code unit: of a very long text only the beginning is looked at.
  const text = steady(given.slice(0, width * LONGEST_CLUSTER));
  let out = '';
  let used = 0;
  let fitting = '';
  for (const { segment } of clusters.segment(text)) {
    used += stringWidth(segment);
    if (used > width) return `${fitting}…`;
    out += segment;
    if (used < width) fitting = out;
  }
  return given.length > width * LONGEST_CLUSTER ? `${fitting}…` : out;
}

/** The text in exactly `width` cells. */
export function filled(text: string, width: number): string {
  const cut = clip(text, width);
  return cut + ' '.repeat(Math.max(0, width - cells(cut)));
}

/** The text broken between words into lines of at most `width` cells, at most `limit` of them. */
export function wrap(text: string, width: number, limit = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  for (const paragraph of plainText(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (cells(joined) <= width) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      while (cells(line) > width && lines.length <= limit) {
        const head = take(line, width);
        lines.push(head);
        line = line.slice(head.length);
      }
      if (lines.length > limit) break;
    }
    lines.push(line);
    if (lines.length > limit) break;
  }
  if (lines.length <= limit) return lines;
  const kept = lines.slice(0, limit);
  const last = kept.at(-1);
  if (last !== undefined) kept[kept.length - 1] = clip(`${last}…`, width);
  return kept;
}

/** The longest beginning that fits; at least one character, so that a loop over it ends. */
function take(text: string, width: number): string {
  let out = '';
  let used = 0;
  for (const { segment } of clusters.segment(text)) {
    used += cells(segment);
    if (used > width && out !== '') break;
    out += segment;
  }
  return out;
}
