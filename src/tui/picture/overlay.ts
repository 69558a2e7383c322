import { type Area, sameArea } from '#tui/layout.ts';
import { type Cursor, cell, createCursor } from './cursor.ts';
import { createScreenModes, type Modes } from './modes.ts';

export interface Overlay {
  /** What Ink writes to instead of the real stream. */
  readonly stdout: NodeJS.WriteStream;
  /**
   * Says which cells Ink leaves empty, or null for none. It must be said before Ink draws the
   * layout that it belongs to: the cells of the rectangle so far are emptied at once, which is what
   * Ink believes of them. The rows so far are dropped.
   */
  setRectangle(rectangle: Area | null): void;
  /**
   * Shows rows that stand alone and are no wider than the rectangle; only rows that changed are
   * written. The cursor is hidden where none is given.
   */
  setRows(rows: readonly string[], cursor?: Cursor | null): void;
  /**
   * What the terminal is to report for as long as the dashboard has it: taken back when Ink leaves
   * its screen, however it comes to that, and asked for again when Ink is back.
   */
  setModes(modes: Modes): void;
  /** Puts a text, in base64, into the clipboard of the person's terminal, where that lets itself be asked for it. */
  copy(base64: string): void;
  /** Nothing is painted from now on: say it before another program gets the terminal. */
  suspend(): void;
  /** Shows the rows again: say it when Ink has the terminal back and has drawn its frame. */
  resume(): void;
  /** Takes the listener off the real stream. */
  close(): void;
}

const BEGIN = '\u001B[?2026h';
const END = '\u001B[?2026l';

/**
 * Returns a painter of one rectangle beside Ink: rows of a live pane would cost ten times more as
 * components. Ink writes every frame between the two sequences of a synchronized update, so the
 * rectangle is painted again inside of each.
 */
export function createOverlay(real: NodeJS.WriteStream): Overlay {
  let rectangle: Area | null = null;
  let rows: readonly string[] = [];
  let shown: (string | undefined)[] = [];
  let suspended = false;
  let size = `${real.columns}x${real.rows}`;
  const cursor = createCursor();
  const screen = createScreenModes((text) => real.write(text));

  const flush = (painted: string) => {
    if (painted !== '') real.write(`${BEGIN}${painted}${END}`);
  };
  const takeCursorBack = () => {
    const back = cursor.giveBack();
    if (back !== '') real.write(back);
  };
  const paint = (all: boolean): string => {
    if (rectangle === null || suspended) return '';
    const { x, y, width, height } = rectangle;
    let out = '';
    for (let index = 0; index < height; index += 1) {
      const row = rows[index] ?? '';
      if (!all && shown[index] === row) continue;
      shown[index] = row;
      out += `${cell(x, y + index)}\u001B[0m\u001B[${width}X${row}`;
    }
    return cursor.around(out, rectangle);
  };
  const forget = () => {
    rows = [];
    shown = [];
    cursor.wanted = null;
  };
  let inFrame = false;
  const write = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    takeCursorBack();
    if (data === BEGIN || data === END) inFrame = data === BEGIN;
    // Before the end of the update, so that no terminal shows Ink's empty box.
    if (data === END) real.write(paint(true));
    const done = Reflect.apply(real.write, real, [screen.around(data), ...rest]);
    if (!inFrame && data !== END && cursor.wanted !== null) flush(paint(false));
    return done;
  };
  // Before Ink's own listener: with the old rectangle the first frame of the new size would lose
  // its borders.
  const onResize = () => {
    const now = `${real.columns}x${real.rows}`;
    if (now !== size) {
      takeCursorBack();
      rectangle = null;
      cursor.wanted = null;
    }
    size = now;
  };
  real.prependListener('resize', onResize);

  return {
    stdout: facade(real, write),
    setRectangle(next) {
      if (sameArea(rectangle, next)) return;
      const painted = shown.some((row) => row !== undefined && row !== '');
      forget();
      if (rectangle !== null && !suspended) {
        flush(painted ? cursor.around(blank(rectangle), rectangle) : cursor.around('', rectangle));
      }
      rectangle = next;
    },
    setRows(next, at = null) {
      rows = next;
      cursor.wanted = at;
      flush(paint(false));
    },
    setModes: screen.set,
    copy: (base64) => void real.write(`\u001B]52;c;${base64}\u0007`),
    suspend() {
      takeCursorBack();
      suspended = true;
    },
    resume() {
      suspended = false;
      flush(paint(true));
    },
    close() {
      real.off('resize', onResize);
    },
  };
}

/**
 * Returns the stream with another `write`; everything else, also its size and listeners, is the
 * real one's.
 */
export function facade(
  real: NodeJS.WriteStream,
  write: (data: string | Uint8Array, ...rest: unknown[]) => boolean,
): NodeJS.WriteStream {
  return new Proxy(real, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function blank({ x, y, width, height }: Area): string {
  const rows = Array.from(
    { length: height },
    (_, index) => `${cell(x, y + index)}\u001B[${width}X`,
  );
  return `\u001B[0m${rows.join('')}`;
}
