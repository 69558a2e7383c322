import type { Area } from '#tui/layout.ts';

/** Where the terminal's cursor stands inside the rectangle, and its shape as DECSCUSR numbers it (0 for the terminal's own). */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly shape: number;
}

const SAVE = '\u001B7';
const RESTORE = '\u001B8';
const HIDE = '\u001B[?25l';
const SHOW = '\u001B[?25h';
const PLAIN = '\u001B[0m';

/** The sequence that goes to a cell of the screen, counted from 0. */
export const cell = (x: number, y: number) => `\u001B[${y + 1};${x + 1}H`;

/**
 * The one cursor that the terminal has. Ink moves relatively from where it left it, so its place is
 * saved before anything of ours and restored before anything of Ink's; between the two it may stand
 * in the rectangle.
 */
export function createCursor() {
  let lent: string | null = null;
  let shape = 0;
  const shaped = (next: number): string => {
    if (next === shape) return '';
    shape = next;
    return `\u001B[${next} q`;
  };
  /** Brings it back to where Ink left it; empty when it is there. */
  const giveBack = (): string => {
    if (lent === null) return '';
    lent = null;
    return `${HIDE}${shaped(0)}${PLAIN}${RESTORE}`;
  };
  return {
    wanted: null as Cursor | null,
    giveBack,
    /** What is painted, with what brings the cursor to where it is wanted; empty when nothing is to be done. */
    around(painted: string, area: Area): string {
      const { wanted } = this;
      if (wanted === null) {
        if (painted === '') return giveBack();
        return lent === null
          ? `${SAVE}${painted}${PLAIN}${RESTORE}`
          : `${HIDE}${painted}${giveBack()}`;
      }
      const place = cell(area.x + wanted.x, area.y + wanted.y);
      const form = shaped(wanted.shape);
      if (painted === '' && form === '' && lent === place) return '';
      const before = lent === null ? SAVE : HIDE;
      lent = place;
      return `${before}${painted}${PLAIN}${place}${form}${SHOW}`;
    },
  };
}
