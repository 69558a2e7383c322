import { type Area, sameArea } from '#tui/layout.ts';

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
   * written.
   */
  setRows(rows: readonly string[]): void;
  /** Nothing is painted from now on: say it before another program gets the terminal. */
  suspend(): void;
  /** Shows the rows again: say it when Ink has the terminal back and has drawn its frame. */
  resume(): void;
  /** Takes the listener off the real stream. */
  close(): void;
}

const BEGIN = '\u001B[?2026h';
const END = '\u001B[?2026l';
const ENTER_ALTERNATE = '\u001B[?1049h';
const HOME = '\u001B[H';

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

  const flush = (painted: string) => {
    if (painted !== '') real.write(`${BEGIN}${painted}${END}`);
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
    return keepingCursor(out);
  };
  const write = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    // Before the end of the update, so that no terminal shows Ink's empty box.
    if (data === END) real.write(paint(true));
    // The cursor comes along from the other screen, and Ink's first frame begins wherever it is.
    const entered = typeof data === 'string' && data.startsWith(ENTER_ALTERNATE);
    const text = entered ? ENTER_ALTERNATE + HOME + data.slice(ENTER_ALTERNATE.length) : data;
    return Reflect.apply(real.write, real, [text, ...rest]);
  };
  // Before Ink's own listener: with the old rectangle the first frame of the new size would lose
  // its borders.
  const onResize = () => {
    const now = `${real.columns}x${real.rows}`;
    if (now !== size) rectangle = null;
    size = now;
  };
  real.prependListener('resize', onResize);

  return {
    stdout: facade(real, write),
    setRectangle(next) {
      if (sameArea(rectangle, next)) return;
      const painted = shown.some((row) => row !== undefined && row !== '');
      if (rectangle !== null && painted && !suspended) flush(blank(rectangle));
      rectangle = next;
      rows = [];
      shown = [];
    },
    setRows(next) {
      rows = next;
      flush(paint(false));
    },
    suspend() {
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
function facade(
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

const cell = (x: number, y: number) => `\u001B[${y + 1};${x + 1}H`;

/**
 * Ink moves relatively from where it left the cursor, so that is saved and restored around
 * everything of ours.
 */
const keepingCursor = (painted: string) =>
  painted === '' ? '' : `\u001B7${painted}\u001B[0m\u001B8`;

function blank({ x, y, width, height }: Area): string {
  const rows = Array.from(
    { length: height },
    (_, index) => `${cell(x, y + index)}\u001B[${width}X`,
  );
  return keepingCursor(`\u001B[0m${rows.join('')}`);
}
