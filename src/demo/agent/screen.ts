/** The terminal as Claude uses it: the conversation scrolls by, and below its end a few lines are drawn anew again and again. */
export interface Screen {
  /** Adds to the conversation. */
  print(text: string): void;
  /** Replaces the lines below it. */
  setBelow(lines: readonly string[], cursor: { line: number; column: number }): void;
  setTitle(title: string): void;
  /** Draws everything again, after the size changed. */
  redraw(): void;
  /** Leaves the terminal as it was found. */
  close(): void;
}

export interface Terminal {
  write(text: string): void;
  columns(): number;
  rows(): number;
}

const KEPT_LINES = 500;
/** Lines of one text that the screen shows; the transcript has all of it. */
const SHOWN_LINES = 60;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

export function createScreen(terminal: Terminal): Screen {
  const { write } = terminal;
  let said: string[] = [];
  let below: { lines: readonly string[]; cursor: { line: number; column: number } } = {
    lines: [],
    cursor: { line: 0, column: 0 },
  };
  const erase = (): string =>
    `${below.cursor.line > 0 ? `\x1b[${below.cursor.line}A` : ''}\r\x1b[J`;
  const draw = (): string => {
    const { lines, cursor } = below;
    if (lines.length === 0) return '';
    const up = lines.length - 1 - cursor.line;
    const text = lines.map((line) => cut(line, terminal.columns())).join('\r\n');
    return `${text}${up > 0 ? `\x1b[${up}A` : ''}\r${cursor.column > 0 ? `\x1b[${cursor.column}C` : ''}`;
  };
  write('\x1b[?2004h');
  return {
    print(text) {
      const lines = shorten(text.replace(CONTROL, '').split('\n'));
      said = [...said, ...lines].slice(-KEPT_LINES);
      write(`${erase()}${lines.join('\r\n')}\r\n${draw()}`);
    },
    setBelow(lines, cursor) {
      const before = erase();
      const room = Math.max(1, terminal.rows() - 1);
      const dropped = Math.max(0, lines.length - room);
      below = { lines: lines.slice(dropped), cursor: { ...cursor, line: cursor.line - dropped } };
      write(`${before}${draw()}`);
    },
    setTitle: (title) => write(`\x1b]0;${title.replace(CONTROL, '')}\x07`),
    redraw: () => write(`\x1b[2J\x1b[H${said.join('\r\n')}\r\n${draw()}`),
    close() {
      write(`${erase()}\x1b[?2004l`);
      below = { lines: [], cursor: { line: 0, column: 0 } };
    },
  };
}

function shorten(lines: string[]): string[] {
  if (lines.length <= SHOWN_LINES) return lines;
  return [...lines.slice(0, SHOWN_LINES), `  … ${lines.length - SHOWN_LINES} more lines`];
}

/** A line that does not wrap; characters of Asian scripts and emoji take two columns. */
function cut(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const character of line.replace(CONTROL, '')) {
    width += widthOf(character);
    if (width > columns) return kept;
    kept += character;
  }
  return kept;
}

export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    width += code >= 0x2e80 && code !== 0xfe0f ? 2 : 1;
  }
  return width;
}
