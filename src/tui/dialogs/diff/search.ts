import { lineOf } from './items.ts';
import { type DiffDialog, moveTo, setFolded } from './reader.ts';

/** What a search looks for: the words as they are; small letters also find capital ones. Null for an empty search. */
export function searchPattern(words: string): RegExp | null {
  if (words === '') return null;
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(literal, words === words.toLowerCase() ? 'giu' : 'gu');
}

/**
 * The cursor on the next line or name that holds the words, going round; `from` counts itself. A file in which they are hidden is
 * unfolded. Null when they are nowhere.
 */
export function findNext(
  reader: DiffDialog,
  words: string,
  from: number,
  by: 1 | -1,
): DiffDialog | null {
  const pattern = searchPattern(words);
  if (pattern === null) return null;
  const { items } = reader;
  for (let step = 0; step < items.length; step += 1) {
    const at = (from + step * by + items.length * 2) % items.length;
    if (holds(reader, at, pattern)) return moveTo(reader, at);
    const inside = insideFolded(reader, at, pattern);
    if (inside !== null) {
      const start = by > 0 ? inside.at : inside.at + hiddenLines(inside) + 1;
      return findNext(inside, words, Math.min(start, inside.items.length - 1), by);
    }
  }
  return null;
}

function holds({ reading, items }: DiffDialog, at: number, pattern: RegExp): boolean {
  const item = items[at];
  const text =
    item?.kind === 'file'
      ? reading.files[item.file]?.path
      : item?.kind === 'comment'
        ? item.comment.text
        : lineOf(reading, item)?.text;
  return text !== undefined && text.search(pattern) !== -1;
}

/** The reader with the folded file at this place unfolded, when the words are in one of its lines. */
function insideFolded(reader: DiffDialog, at: number, pattern: RegExp): DiffDialog | null {
  const item = reader.items[at];
  const file = item?.kind === 'file' ? reader.reading.files[item.file] : undefined;
  if (file === undefined || !reader.folded.has(file.path)) return null;
  const found = file.hunks.some(({ lines }) =>
    lines.some(({ text }) => text.search(pattern) !== -1),
  );
  return found ? setFolded(moveTo(reader, at), file, false) : null;
}

/** How many items of the file at the cursor follow its name. */
function hiddenLines({ items, at }: DiffDialog): number {
  const file = items[at]?.file;
  const end = items.findLastIndex((item) => item.file === file);
  return end - at;
}
