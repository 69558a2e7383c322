import stringWidth from 'string-width';
import { applySgr, type Look, PLAIN, sgrOf } from './sgr.ts';

/** What is carried from one captured row to the next: tmux writes a look only where it changes. */
interface State {
  readonly look: Look;
  readonly lineDrawing: boolean;
}

interface Row {
  readonly text: string;
  readonly after: State;
}

const START: State = { look: PLAIN, lineDrawing: false };
const RESET = '\u001B[0m';
const ASCII = /^[ -~]*$/;

/**
 * SGR, then everything that is never shown (strings such as titles and links, other sequences,
 * other escapes, lone control characters but the two that switch line drawing, marks that turn the
 * direction of writing), then text.
 */
const TOKEN = new RegExp(
  [
    '\\u001B\\[([\\d;:]*)m',
    '(?:\\u001B[\\]PX^_]|[\\u009D\\u0090\\u0098\\u009E\\u009F])' +
      '[^\\u0007\\u001B\\u009C]*(?:\\u0007|\\u001B\\\\|\\u009C)?',
    '(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]?',
    '\\u001B[ -/]*[0-~]?',
    '[\\u000E\\u000F]',
    '[\\u0000-\\u000D\\u0010-\\u001A\\u001C-\\u001F\\u007F-\\u009F]',
    '[\\u200E\\u200F\\u061C\\u2028-\\u202E\\u2066-\\u2069]',
    '([^\\u0000-\\u001F\\u007F-\\u009F\\u200E\\u200F\\u061C\\u2028-\\u202E\\u2066-\\u2069]+)',
  ].join('|'),
  'gu',
);

/** Letters of the VT100 line-drawing set, as tmux prints them between SO and SI. */
const LINE_DRAWING: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('`abcdefgijklmnopqrstuvwxyz{|}~+,-.0h', (letter, index) => [
    letter,
    Array.from('◆▒␉␌␍␊°±␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·→←↑↓▮␤')[index] ?? letter,
  ]),
);

/**
 * Clusters of which terminals disagree whether they are one cell wide or two: everything that can
 * be an emoji.
 */
const DISPUTED = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D|\uFE0E|\uFE0F|\u20E3/u;
/**
 * Clusters after which the column is said again: these and all that may combine. Letters, lines and
 * blocks are sure.
 */
const UNSURE = /[^ -\u02FF\u2010-\u2027\u2500-\u259F]/u;

const clusters = new Intl.Segmenter();

/**
 * Returns a function that turns a captured screen (one string per row, look and line drawing
 * running on) into rows that stand alone: at most `width` cells, looks set and reset inside, and
 * nothing in them but text and looks. With `column` (where the rectangle begins, from 0) every
 * glyph whose width may be disputed is followed by a move to the column where the next one belongs. Without `colors` looks have none.
 *
 * Most rows repeat from screen to screen, so results are kept for one screen longer than they are
 * used.
 */
export function createRows(
  width: number,
  column?: number,
  colors = true,
): (screen: readonly string[]) => string[] {
  let earlier = new Map<string, Row>();
  let current = new Map<string, Row>();
  return (screen) => {
    earlier = current;
    current = new Map();
    let state = START;
    return screen.map((line) => {
      if (state === START && ASCII.test(line)) return line.slice(0, width);
      const key = `${state.lineDrawing ? 'd' : 't'}${sgrOf(state.look)}${line}`;
      const row =
        current.get(key) ?? earlier.get(key) ?? makeRow(line, state, width, column, colors);
      current.set(key, row);
      state = row.after;
      return row.text;
    });
  };
}

function makeRow(
  line: string,
  before: State,
  width: number,
  column: number | undefined,
  colors: boolean,
): Row {
  let { look, lineDrawing } = before;
  let shown = PLAIN;
  let text = '';
  let cells = 0;
  let full = false;
  for (const [token, parameters, plain] of line.matchAll(TOKEN)) {
    if (parameters !== undefined) look = colored(applySgr(look, parameters), colors);
    else if (token === '\u000E') lineDrawing = true;
    else if (token === '\u000F') lineDrawing = false;
    else if (plain !== undefined && !full) {
      const drawn = lineDrawing ? draw(plain) : plain;
      const piece = crop(drawn, width, cells, column);
      if (piece.text !== '' && look !== shown && sgrOf(look) !== sgrOf(shown)) text += sgrOf(look);
      if (piece.text !== '') shown = look;
      text += piece.text;
      cells = piece.cells;
      full = piece.full;
    }
  }
  const ended = sgrOf(shown) === RESET ? text : text + RESET;
  const same = sgrOf(look) === RESET && !lineDrawing;
  return { text: ended, after: same ? START : { look, lineDrawing } };
}

const colored = (look: Look, colors: boolean): Look =>
  colors ? look : { ...look, foreground: '', background: '', underlineColor: '' };

const draw = (letters: string) =>
  Array.from(letters, (letter) => LINE_DRAWING[letter] ?? letter).join('');

/** Returns as much of the text as fits after `cells` cells, and how many are taken then. */
function crop(text: string, width: number, cells: number, column: number | undefined) {
  if (ASCII.test(text)) {
    const part = text.slice(0, width - cells);
    return { text: part, cells: cells + part.length, full: part.length < text.length };
  }
  let out = '';
  let at = cells;
  for (const { segment } of clusters.segment(text)) {
    const wide = stringWidth(segment);
    if (at + wide > width) return { text: out, cells: at, full: true };
    // In the last cell a terminal that draws it wider would write over what stands beside the
    // rectangle.
    const risky = column !== undefined && wide === 1 && at + 1 === width && DISPUTED.test(segment);
    out += risky ? ' ' : segment;
    at += wide;
    if (column !== undefined && !risky && UNSURE.test(segment)) out += `\u001B[${column + at + 1}G`;
  }
  return { text: out, cells: at, full: false };
}
