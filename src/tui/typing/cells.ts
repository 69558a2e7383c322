import type { IBufferCell, IBufferLine } from '@xterm/headless';

const RESET = '\u001B[0m';
/** Characters after which the column is said again: all but letters, lines and blocks may be drawn wider or narrower than tmux thinks. */
const UNSURE = /[^ -\u02FF\u2010-\u2027\u2500-\u259F]/u;
/** Marks that turn the direction of writing, which would turn what stands beside the rectangle. */
const TURNING = /[\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069]/gu;

/**
 * One row of an emulated screen as text that stands alone: looks set and reset inside, blanks at its end left out. `column` is where
 * the rectangle begins, from 0. The cell is one to read into, so that none is made for each character. Without `colors` looks have none.
 */
export function rowOf(
  line: IBufferLine,
  columns: number,
  column: number,
  cell: IBufferCell,
  colors = true,
): string {
  let out = '';
  let shown = '';
  let blanks = 0;
  for (let x = 0; x < columns; x += 1) {
    line.getCell(x, cell);
    const width = cell.getWidth();
    if (width === 0) continue;
    const look = cell.isAttributeDefault() ? '' : lookOf(cell, colors);
    const text = cell.getChars();
    if (look === '' && (text === '' || text === ' ')) {
      // With the look of the row's start, which is none: blanks in another look are text.
      if (shown !== '') {
        out += RESET;
        shown = '';
      }
      blanks += 1;
      continue;
    }
    if (blanks > 0) out += ' '.repeat(blanks);
    blanks = 0;
    if (look !== shown) out += look === '' ? RESET : `\u001B[0${look}m`;
    shown = look;
    out += clean(text, x + width === columns && width === 1);
    if (UNSURE.test(text)) out += `\u001B[${column + x + width + 1}G`;
  }
  return shown === '' ? out : out + RESET;
}

/** In the last cell a character that some terminals draw two cells wide would write over the border. */
function clean(text: string, last: boolean): string {
  if (text === '') return ' ';
  if (text <= '\u02FF') return text;
  const safe = text.replace(TURNING, '');
  return last && DISPUTED.test(safe) ? ' ' : safe;
}

const DISPUTED = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D|\uFE0E|\uFE0F|\u20E3/u;

/** What is different from a plain cell, as SGR parameters that each begin with a semicolon. */
function lookOf(cell: IBufferCell, colors: boolean): string {
  let look = '';
  if (cell.isBold()) look += ';1';
  if (cell.isDim()) look += ';2';
  if (cell.isItalic()) look += ';3';
  if (cell.isUnderline()) look += ';4';
  if (cell.isBlink()) look += ';5';
  if (cell.isInverse()) look += ';7';
  if (cell.isInvisible()) look += ';8';
  if (cell.isStrikethrough()) look += ';9';
  if (cell.isOverline()) look += ';53';
  if (!colors) return look;
  if (!cell.isFgDefault()) look += color(cell.isFgRGB(), cell.getFgColor(), 30);
  if (!cell.isBgDefault()) look += color(cell.isBgRGB(), cell.getBgColor(), 40);
  return look;
}

function color(rgb: boolean, value: number, base: 30 | 40): string {
  if (rgb) return `;${base + 8};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
  if (value < 8) return `;${base + value}`;
  return value < 16 ? `;${base + 52 + value}` : `;${base + 8};5;${value}`;
}
