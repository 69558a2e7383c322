import type { TmuxTerminal } from '#app.ts';
import type { Area } from '#tui/layout.ts';
import { type Modes, NO_MODES } from '#tui/picture/modes.ts';
import type { Overlay } from '#tui/picture/overlay.ts';
import type { MouseReport } from '#tui/picture/typed.ts';
import { createEmulator } from './emulator.ts';

export interface PaneHooks {
  /** Whether it is drawn in its colours. */
  readonly colors: boolean;
  /** What the terminal is to report is different now. */
  onModes(modes: Modes): void;
  onCopy(base64: string): void;
}

/** A session's screen in a rectangle beside Ink, drawn from a client of tmux. */
export interface Pane {
  /**
   * Bytes as the terminal sent them, one in each character; a paste with its marks, which a program that has not asked for them does not
   * get. What comes before the client has drawn anything waits until then: it would be lost while tmux takes the terminal.
   */
  send(text: string, pasted: boolean): void;
  /** The cells that it has now. They are empty: the rows are drawn again. */
  place(area: Area): void;
  /** Hands a report of the mouse to the program; one from outside of the rectangle counts as at its border. */
  mouse(report: MouseReport): void;
  /** Detaches; nothing is drawn afterwards. */
  close(): void;
}

/** No more frames than this: a person does not see more, and each costs. */
const FRAME_MS = 1000 / 30;
/** An update that the program does not end is shown anyway after so many frames. */
const FRAMES_OF_UPDATE = 6;
/** Bytes that may wait for the emulator; above the first the client has to wait, below the second it goes on. */
const MOST_WAITING = 256 * 1024;
const FEW_WAITING = 64 * 1024;

/** Draws the client in the rectangle until it is closed. */
export function createPane(
  client: TmuxTerminal,
  overlay: Pick<Overlay, 'setRows'>,
  first: Area,
  hooks: PaneHooks,
): Pane {
  const above = client.rowsAbove;
  const sizeOf = ({ width, height }: Area) => ({ columns: width, rows: height + above });
  let area = first;
  let modes = NO_MODES;
  let early: (() => void)[] | null = [];
  const write = (text: string) => client.write(Buffer.from(text, 'latin1'));
  const send = (text: string, pasted: boolean): void =>
    write(pasted && !emulator.marksPastes() ? withoutMarks(text) : text);
  const draw = (closed: boolean): void => {
    overlay.setRows(emulator.rows(above, area.x), closed ? null : emulator.cursor(above));
    const next = emulator.modes();
    if (closed) return;
    if (sameModes(modes, next)) return;
    modes = next;
    hooks.onModes(next);
  };
  const pace = createPace(
    () => draw(false),
    () => emulator.isUpdating(),
  );
  const emulator = createEmulator(
    sizeOf(first),
    {
      onChange() {
        for (const each of early ?? []) each();
        early = null;
        pace.request();
      },
      onAnswer: write,
      onCopy: hooks.onCopy,
    },
    hooks.colors,
  );
  feed(client, emulator.write);
  return {
    send(text, pasted) {
      if (early === null) send(text, pasted);
      else early.push(() => send(text, pasted));
    },
    place(next) {
      const resized = next.width !== area.width || next.height !== area.height;
      area = next;
      if (resized) {
        emulator.resize(sizeOf(next));
        client.resize({ columns: next.width, rows: next.height });
      }
      if (early === null) pace.request();
    },
    mouse(report) {
      if (emulator.modes().mouse === 'none') return;
      const x = between(report.x - area.x, area.width);
      const y = between(report.y - area.y, area.height) + above;
      const end = report.released ? 'm' : 'M';
      write(`\u001B[<${report.code};${x + 1};${y + 1}${end}`);
    },
    close() {
      pace.stop();
      client.close();
      // The last frame stays until the picture comes, but without a cursor.
      if (early === null) draw(true);
      emulator.close();
    },
  };
}

/** A paste as plain typing: without its marks, and without control characters, any of which could be the key that leads back. */
function withoutMarks(pasted: string): string {
  return pasted.replace(MARKS_AND_CONTROLS, '');
}

const MARKS_AND_CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out.
  /\u001B\[20[01]~|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

const between = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

function sameModes(one: Modes, other: Modes): boolean {
  return (
    one.mouse === other.mouse && one.focus === other.focus && one.otherKeys === other.otherKeys
  );
}

/** Hands the client's output on, and lets it wait when more comes than is taken in: keys would otherwise wait behind a flood. */
function feed(client: TmuxTerminal, write: (bytes: Uint8Array, done: () => void) => void): void {
  let waiting = 0;
  let paused = false;
  client.onData((bytes) => {
    waiting += bytes.length;
    if (waiting > MOST_WAITING && !paused) {
      paused = true;
      client.pause();
    }
    write(bytes, () => {
      waiting -= bytes.length;
      if (!paused || waiting > FEW_WAITING) return;
      paused = false;
      client.resume();
    });
  });
}

/** Draws at once after a rest, and else at the pace of frames; an update that is under way is waited for. */
function createPace(draw: () => void, isUpdating: () => boolean) {
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let waited = 0;
  let stopped = false;
  const request = (): void => {
    if (timer !== undefined || stopped) return;
    const pause = last + FRAME_MS - performance.now();
    if (pause <= 0) frame();
    else timer = setTimeout(frame, pause);
  };
  const frame = (): void => {
    timer = undefined;
    if (isUpdating() && waited < FRAMES_OF_UPDATE) {
      waited += 1;
      timer = setTimeout(frame, FRAME_MS);
      return;
    }
    waited = 0;
    last = performance.now();
    draw();
  };
  return {
    request,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
