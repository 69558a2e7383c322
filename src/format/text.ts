import stringWidth from 'string-width';

// Escape sequences first as a whole (CSI; OSC, DCS and their kin up to their terminator; two-character escapes), so that none of their
// letters stay behind when the control characters go.
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
// Cc are control characters; the others are invisible marks that turn the direction of the text around them.
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const CONTROLS_IN_LINES = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const graphemes = new Intl.Segmenter();

/** A text from outside, safe to print in one line: no escape sequence, no control or direction character; line breaks and tabs are spaces. */
export function plainLine(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\s*[\r\n\t]+\s*/g, ' ')
    .replace(CONTROLS, '');
}

/** The same for a text of several lines: line breaks stay, tabs are two spaces. */
export function plainText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(CONTROLS_IN_LINES, '');
}

/** Columns that a text of one line takes on the screen. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** The text cut to at most this many columns, with "…" where something was cut. Never cuts inside a character that a person sees as one. */
export function truncate(text: string, columns: number): string {
  if (columns <= 0) return '';
  // Every character has at least one code unit, so that a very long text need not be measured whole.
  const start = text.length > columns * 16 ? text.slice(0, columns * 16) : text;
  if (start === text && columnsOf(text) <= columns) return text;
  let cut = '';
  let used = 0;
  for (const { segment } of graphemes.segment(start)) {
    const width = columnsOf(segment);
    if (used + width > columns - 1) break;
    cut += segment;
    used += width;
  }
  return `${cut}…`;
}

/** The text with spaces up to this many columns, after it or (`end`) before it; a longer one is truncated. */
export function pad(text: string, columns: number, side: 'start' | 'end' = 'start'): string {
  const fitting = truncate(text, columns);
  const spaces = ' '.repeat(Math.max(0, columns - columnsOf(fitting)));
  return side === 'start' ? fitting + spaces : spaces + fitting;
}
