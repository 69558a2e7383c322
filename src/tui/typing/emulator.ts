import xterm from '@xterm/headless';
import type { Size } from '#tui/layout.ts';
import type { Cursor } from '#tui/picture/cursor.ts';
import type { Modes } from '#tui/picture/modes.ts';
import { rowOf } from './cells.ts';
import { TMUX_WIDTHS } from './widths.ts';

export interface EmulatorHooks {
  /** Something may look different now. */
  onChange(): void;
  /** What a terminal answers to questions about itself. */
  onAnswer(text: string): void;
  /** A text, in base64, that the program puts into the clipboard. */
  onCopy(base64: string): void;
}

/** A terminal without a window: everything that a program writes ends here, and only rows come out. */
export interface Emulator {
  /** Calls back when it has been taken in. */
  write(bytes: Uint8Array, done: () => void): void;
  resize(size: Size): void;
  /** The rows from this one on, to be painted from this column of the screen. */
  rows(from: number, column: number): string[];
  /** Null while it is hidden, or stands above the first row that is shown. */
  cursor(from: number): Cursor | null;
  /** What the program wants to be told. */
  modes(): Modes;
  /** Pastes come with marks around them. */
  marksPastes(): boolean;
  /** The program is in the middle of an update that is to be shown as a whole. */
  isUpdating(): boolean;
  close(): void;
}

/** Base64 of what a person may want to copy; more is not handed to the terminal. */
const COPY_CHARACTERS = 400_000;
const MOUSE = { none: 'none', x10: 'click', vt200: 'click', drag: 'drag', any: 'any' } as const;
const SHOW_CURSOR = 25;

export function createEmulator(
  { columns, rows }: Size,
  hooks: EmulatorHooks,
  colors = true,
): Emulator {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 0,
    allowProposedApi: true,
    logLevel: 'off',
  });
  terminal.unicode.register(TMUX_WIDTHS);
  terminal.unicode.activeVersion = TMUX_WIDTHS.version;
  const asked = hear(terminal, hooks.onCopy);
  // xterm 6 loses a continuation byte 0x80 (as in each dash, quote and joiner) of a character that comes in two pieces.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  terminal.onData(hooks.onAnswer);
  terminal.onWriteParsed(hooks.onChange);
  const buffer = () => terminal.buffer.active;
  const cell = buffer().getNullCell();
  return {
    write: (bytes, done) => terminal.write(decoder.decode(bytes, { stream: true }), done),
    resize: (size) => terminal.resize(size.columns, size.rows),
    rows(from, column) {
      const shown: string[] = [];
      for (let y = from; y < terminal.rows; y += 1) {
        const line = buffer().getLine(buffer().viewportY + y);
        shown.push(line === undefined ? '' : rowOf(line, terminal.cols, column, cell, colors));
      }
      return shown;
    },
    cursor(from) {
      const y = buffer().cursorY - from;
      if (!asked.cursor || y < 0) return null;
      // After the last letter of a row it stands beyond it.
      return { x: Math.min(buffer().cursorX, terminal.cols - 1), y, shape: asked.shape };
    },
    modes: () => ({
      mouse: MOUSE[terminal.modes.mouseTrackingMode],
      focus: terminal.modes.sendFocusMode,
      otherKeys: asked.otherKeys,
    }),
    marksPastes: () => terminal.modes.bracketedPasteMode,
    isUpdating: () => asked.updating || terminal.modes.synchronizedOutputMode,
    close: () => terminal.dispose(),
  };
}

/** Listens to what the emulator takes in without telling of it. */
function hear(terminal: xterm.Terminal, onCopy: (base64: string) => void) {
  const asked = { cursor: true, shape: 0, otherKeys: 0 as Modes['otherKeys'], updating: false };
  const { parser } = terminal;
  const showing = (shown: boolean) => (parameters: (number | number[])[]) => {
    if (parameters.includes(SHOW_CURSOR)) asked.cursor = shown;
    return false;
  };
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, showing(true));
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, showing(false));
  parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([shape]) => {
    if (typeof shape === 'number' && shape <= 6) asked.shape = shape;
    return false;
  });
  parser.registerCsiHandler({ prefix: '>', final: 'm' }, ([what, value = 0]) => {
    if (what === 4 && (value === 0 || value === 1 || value === 2)) asked.otherKeys = value;
    return true;
  });
  // tmux before 3.4 marks its updates in this older way.
  parser.registerDcsHandler({ prefix: '=', final: 's' }, (_, [mark]) => {
    asked.updating = mark === 1;
    return true;
  });
  parser.registerOscHandler(52, (data) => {
    const text = /^[a-z0-7]*;([A-Za-z0-9+/=]+)$/.exec(data)?.[1];
    // A question for what is in the clipboard is not passed on: the answer would be the person's own.
    if (text !== undefined && text.length <= COPY_CHARACTERS) onCopy(text);
    return true;
  });
  return asked;
}
