/** What the mouse did, as a terminal reports it. */
export interface MouseReport {
  /** xterm's number: the button, what was held with it, whether it moved, whether it is the wheel. */
  readonly code: number;
  /** The cell, counted from 0. */
  readonly x: number;
  readonly y: number;
  readonly released: boolean;
}

export const isWheel = ({ code }: MouseReport): boolean => (code & 64) !== 0;
export const isMove = ({ code }: MouseReport): boolean => (code & 32) !== 0;

/** A piece of what came from the terminal; its text holds one byte in each character. */
export type Typed =
  | { readonly kind: 'keys'; readonly text: string }
  /** Between its marks, which belong to it; it may come in several pieces. */
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'mouse'; readonly report: MouseReport };

export interface TypedReader {
  /** The pieces that are complete with these bytes. */
  read(bytes: string): Typed[];
  /** Whether the beginning of a report or of a mark is held back. */
  isWaiting(): boolean;
  /** What was held back and has not been continued. */
  flush(): Typed[];
}

const MARK = 'begin';
const TOKEN = new RegExp(
  [
    '\\u001B\\[<(\\d+);(\\d+);(\\d+)([Mm])',
    // Terminals that do not know the extended way send three bytes, which would be keys.
    '\\u001B\\[M([\\s\\S]{3})',
    `(?<${MARK}>\\u001B\\[200~)`,
  ].join('|'),
  'g',
);
/** The beginning of one of these at the end of what came. A lone Esc is a key and is never held back. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with one.
const BEGUN = /\u001B\[(?:<[\d;]*|M[\s\S]{0,2}|2(?:00?)?)?$/;
const PASTE_END = '\u001B[201~';

/** Tells keys, pastes and reports of the mouse from each other. Nothing inside of a paste is anything but text. */
export function createTypedReader(): TypedReader {
  let held = '';
  let pasting = false;

  /** The pieces of all but what may be the beginning of something, which is held back unless nothing more comes. */
  const cut = (bytes: string, isAll: boolean): Typed[] => {
    const pieces: Typed[] = [];
    let rest = bytes;
    held = '';
    while (rest !== '') {
      const piece = pasting ? nextOfPaste(rest) : next(rest);
      const { text, report, begun } = piece;
      if (text !== '') pieces.push({ kind: pasting ? 'paste' : 'keys', text });
      if (report !== null) pieces.push({ kind: 'mouse', report });
      if (begun !== '' && isAll) pieces.push({ kind: pasting ? 'paste' : 'keys', text: begun });
      else held = begun;
      rest = rest.slice(piece.length);
      if (pasting) pasting = !text.endsWith(PASTE_END);
      else pasting = rest.startsWith(PASTE_START);
    }
    return pieces;
  };
  return {
    read: (bytes) => cut(held + bytes, false),
    isWaiting: () => held !== '',
    flush: () => cut(held, true),
  };
}

interface Next {
  readonly text: string;
  readonly report: MouseReport | null;
  /** The beginning of a report or a mark after the text, at the end of what came. */
  readonly begun: string;
  /** How many bytes all of it is. */
  readonly length: number;
}

const PASTE_START = '\u001B[200~';

/** The keys up to the next report or paste, and the report. */
function next(bytes: string): Next {
  TOKEN.lastIndex = 0;
  const found = TOKEN.exec(bytes);
  const { length } = bytes;
  if (found === null) {
    const begun = BEGUN.exec(bytes)?.[0] ?? '';
    return { text: bytes.slice(0, length - begun.length), report: null, begun, length };
  }
  const text = bytes.slice(0, found.index);
  if (found.groups?.[MARK] !== undefined) {
    return { text, report: null, begun: '', length: text.length };
  }
  const [token, code, x, y, end, bytes3] = found;
  const place = { x: Number(x) - 1, y: Number(y) - 1 };
  const report =
    bytes3 === undefined
      ? { code: Number(code), ...place, released: end === 'm' }
      : oldReport(bytes3);
  return { text, report, begun: '', length: text.length + token.length };
}

/** The old way: each number is a byte, 32 and more; which button came up is not told. */
function oldReport(bytes: string): MouseReport {
  const [code, x, y] = [0, 1, 2].map((index) => bytes.charCodeAt(index) - 32) as [
    number,
    number,
    number,
  ];
  const report = { code, x: x - 1, y: y - 1, released: false };
  const isRelease = (code & 3) === 3 && !isWheel(report) && !isMove(report);
  return isRelease ? { ...report, code: code & ~3, released: true } : report;
}

/** The rest of a paste, with the mark at its end if that is there. */
function nextOfPaste(bytes: string): Next {
  const end = bytes.indexOf(PASTE_END);
  if (end >= 0) {
    const text = bytes.slice(0, end + PASTE_END.length);
    return { text, report: null, begun: '', length: text.length };
  }
  const text = bytes.slice(0, bytes.length - beginningOf(PASTE_END, bytes));
  return { text, report: null, begun: bytes.slice(text.length), length: bytes.length };
}

/** How many characters at the end of the text are a beginning of the mark. */
function beginningOf(mark: string, text: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
