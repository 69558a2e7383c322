import xterm, { type IBufferCell } from '@xterm/headless';
import stringWidth from 'string-width';

/** A terminal without a window: what is written to it can be looked at cell by cell. */
export interface Screen {
  write(text: string): Promise<void>;
  /** The text of one row, from 0, without the spaces at its end. */
  row(index: number): string;
  /** Everything about one cell as a string: letter, width, colours, attributes. */
  cell(x: number, y: number): string;
  cursor(): { x: number; y: number };
  resize(columns: number, rows: number): void;
}

export function createScreen(columns: number, rows: number): Screen {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: true,
  });
  // Its own table is of 2010 and knows no emoji.
  terminal.unicode.register({
    version: 'ours',
    wcwidth: (code) => stringWidth(String.fromCodePoint(code)) as 0 | 1 | 2,
    charProperties(code, before) {
      const width = stringWidth(String.fromCodePoint(code));
      const widthBefore = (before >> 1) & 3;
      const joins = width === 0 && widthBefore > 0;
      return ((joins ? widthBefore : width) << 1) | (joins ? 1 : 0);
    },
  });
  terminal.unicode.activeVersion = 'ours';
  const buffer = () => terminal.buffer.active;
  return {
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    row: (index) =>
      buffer()
        .getLine(buffer().viewportY + index)
        ?.translateToString(true) ?? '',
    cell(x, y) {
      const cell = buffer()
        .getLine(buffer().viewportY + y)
        ?.getCell(x);
      return cell === undefined ? 'outside' : describeCell(cell);
    },
    cursor: () => ({ x: buffer().cursorX, y: buffer().cursorY }),
    resize: (width, height) => terminal.resize(width, height),
  };
}

function describeCell(cell: IBufferCell): string {
  const attributes = Object.entries({
    bold: cell.isBold(),
    dim: cell.isDim(),
    italic: cell.isItalic(),
    underline: cell.isUnderline(),
    blink: cell.isBlink(),
    inverse: cell.isInverse(),
    hidden: cell.isInvisible(),
    strike: cell.isStrikethrough(),
    overline: cell.isOverline(),
  }).flatMap(([name, set]) => (set === 0 ? [] : [name]));
  const colors = `${cell.getFgColorMode()}:${cell.getFgColor()} ${cell.getBgColorMode()}:${cell.getBgColor()}`;
  // A cell that was never written and one with a space look the same.
  const letters = cell.getChars() === '' && cell.getWidth() === 1 ? ' ' : cell.getChars();
  return `${JSON.stringify(letters)} ${cell.getWidth()} ${colors} ${attributes.join(',')}`;
}
