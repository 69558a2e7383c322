import { columnsOf } from './text.ts';

const TAB_COLUMNS = 4;
// Cc are control characters; the others turn the direction of the text around them, or are not seen at all: in code both can hide something.
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const ALL_HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
// These belong into emoji and into some scripts, where they are harmless.
const JOINERS = /^(?:\u200c|\u200d|\u00ad)$/;

/**
 * One line of a file, safe to print and with nothing left out: tabs go to the next column of four, a carriage return at the end is `␍`, and
 * a character that would be obeyed or not be seen shows as its number, like `<U+202E>`.
 */
export function codeLine(text: string): string {
  if (!HIDDEN.test(text)) return text;
  const body = text.endsWith('\r') ? `${text.slice(0, -1)}␍` : text;
  return expandTabs(body).replace(ALL_HIDDEN, (character) =>
    JOINERS.test(character)
      ? character
      : `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

function expandTabs(text: string): string {
  const [first = '', ...rest] = text.split('\t');
  let line = first;
  let column = columnsOf(first);
  for (const part of rest) {
    const blanks = TAB_COLUMNS - (column % TAB_COLUMNS);
    line += ' '.repeat(blanks) + part;
    column += blanks + columnsOf(part);
  }
  return line;
}
