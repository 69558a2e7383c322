import { plainLine, truncate } from '#format/text.ts';

/** Where the loop prints: a terminal, or whatever stands in for one. */
export interface Output {
  write(text: string): unknown;
  columns?: number;
  isTTY?: boolean;
}

/**
 * Lines that stay and scroll, and below them one that is written over: what the loop waits for. It changes no more than that line, so
 * that everything can be read again further up.
 */
export interface Page {
  readonly columns: number;
  /** Prints lines that stay. They have been broken to fit, and hold nothing that steers a terminal. */
  say(lines: readonly string[]): void;
  /** Writes the last line; the same one again writes nothing. */
  status(text: string): void;
}

/** Width of what is no terminal. */
const COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[2K';

export function createPage(output: Output): Page {
  const terminal = output.isTTY === true;
  let shown = '';
  const page: Page = {
    get columns() {
      return Math.max(20, output.columns ?? COLUMNS);
    },
    say(lines) {
      const clear = terminal && shown !== '' ? CLEAR_LINE : '';
      shown = '';
      output.write(`${clear}${lines.join('\n')}\n`);
    },
    status(text) {
      // The last column stays free: a full line would go on in the next one, and could not be written over.
      const line = truncate(plainLine(text), page.columns - 1);
      if (line === shown) return;
      shown = line;
      output.write(terminal ? `${CLEAR_LINE}${line}` : `${line}\n`);
    },
  };
  return page;
}
