import type { Snapshot } from '#app.ts';
import { statusSign } from '#format/status.ts';
import { sgrOfLook } from '#tui/colors/sgr.ts';
import { insideHeight, type Layout } from '#tui/layout.ts';
import { facade } from '#tui/picture/overlay.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { selectedQueue, type View } from '#tui/view.ts';

/** Turns the signs of what works. */
export interface Spinner {
  /** What Ink writes to: the signs are painted at the end of each of its frames. */
  readonly stdout: NodeJS.WriteStream;
  /** Which signs stand where in the frame that Ink is about to draw. */
  place(signs: readonly Sign[]): void;
  close(): void;
}

/** The sign at the beginning of a row, in cells of the screen counted from 0. */
export interface Sign {
  readonly x: number;
  readonly y: number;
  readonly symbol: string;
  /** Sequences that give its look at rest, and while it turns. */
  readonly rests: string;
  /** Null for what does not work right now. */
  readonly turns: string | null;
}

const TURN_MS = 250;
const FRAMES = Array.from('⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏');
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** Nothing turns. */
export function stillSpinner(stdout: NodeJS.WriteStream): Spinner {
  return { stdout, place() {}, close() {} };
}

/**
 * Paints beside Ink, since a frame of Ink for one cell costs a hundred times more. The timer runs only while something turns; Ink goes on
 * believing that the sign at rest stands there, and what it draws anew gets its turning sign within the same frame.
 */
export function createSpinner(stdout: NodeJS.WriteStream): Spinner {
  let signs: readonly Sign[] = [];
  let painted = new Set<string>();
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const paint = (): string => {
    const turning = new Set<string>();
    let out = '';
    for (const sign of signs) {
      const place = `\u001b[${sign.y + 1};${sign.x + 1}H`;
      if (sign.turns !== null) {
        turning.add(place);
        out += `${place}${sign.turns}${FRAMES[frame] ?? sign.symbol}`;
      } else if (painted.has(place)) out += `${place}${sign.rests}${sign.symbol}`;
    }
    painted = turning;
    // Ink moves relatively from where it left the cursor.
    return out === '' ? '' : `\u001b7${out}\u001b[0m\u001b8`;
  };
  const turn = (): void => {
    frame = (frame + 1) % FRAMES.length;
    stdout.write(`${BEGIN}${paint()}${END}`);
  };
  const write = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    if (data === END) {
      const out = paint();
      if (out !== '') stdout.write(out);
    }
    return Reflect.apply(stdout.write, stdout, [data, ...rest]);
  };
  return {
    stdout: facade(stdout, write),
    place(next) {
      signs = next;
      const works = next.some(({ turns }) => turns !== null);
      if (works) timer ??= setInterval(turn, TURN_MS).unref();
      else {
        clearInterval(timer);
        timer = undefined;
      }
    },
    close() {
      clearInterval(timer);
    },
  };
}

/** Cells before the sign of a row: the border with its blank, and the mark of the selected row. */
const BEFORE_SIGN = 4;

/** The signs of the rows of the queue that are seen; none while something else has their place, or the terminal. */
export function signsOf(
  snapshot: Snapshot,
  view: View,
  layout: Layout | null,
  theme: Theme,
): readonly Sign[] {
  const area = layout?.tasks;
  if (area === null || area === undefined || view.dialog !== null || view.away) return [];
  const rows = selectedQueue(snapshot, view).rows;
  const shown = rows.slice(view.taskTop, view.taskTop + insideHeight(area));
  return shown.map(({ id, status }, index) => {
    const activity = snapshot.sessions.get(id)?.activity.name;
    const works = status === 'working' && (activity === 'working' || activity === 'starting');
    return {
      x: area.x + BEFORE_SIGN,
      y: area.y + 1 + index,
      symbol: statusSign(status).symbol,
      rests: sgrOfLook(status === 'done' ? DIM : theme.status(status)),
      turns: works ? sgrOfLook(theme.look('spinner')) : null,
    };
  });
}
