/** What the terminal is asked to report beside keys. */
export interface Modes {
  /** Clicks and the wheel; also moves while a button is held; also all moves. */
  readonly mouse: 'none' | 'click' | 'drag' | 'any';
  /** That its window got or lost the focus. */
  readonly focus: boolean;
  /** xterm's modifyOtherKeys: keys such as Shift+Enter are sent as what they are. */
  readonly otherKeys: 0 | 1 | 2;
}

export const NO_MODES: Modes = { mouse: 'none', focus: false, otherKeys: 0 };

const MOUSE = { click: 1000, drag: 1002, any: 1003 } as const;
/** The extended way to report the mouse: it counts beyond 223 columns, and its reports cannot be taken for keys. */
const SGR_MOUSE = 1006;
const FOCUS = 1004;

/** The sequences that lead from the one to the other; empty when they are the same. */
export function modeSequence(from: Modes, to: Modes): string {
  let out = '';
  if (from.mouse !== to.mouse) {
    if (from.mouse !== 'none') out += reset(MOUSE[from.mouse]);
    if (to.mouse !== 'none') out += set(MOUSE[to.mouse]);
    if (from.mouse === 'none') out += set(SGR_MOUSE);
    if (to.mouse === 'none') out += reset(SGR_MOUSE);
  }
  if (from.focus !== to.focus) out += to.focus ? set(FOCUS) : reset(FOCUS);
  if (from.otherKeys !== to.otherKeys) out += `\u001B[>4;${to.otherKeys}m`;
  return out;
}

const ENTER_ALTERNATE = '\u001B[?1049h';
const LEAVE_ALTERNATE = '\u001B[?1049l';
const HOME = '\u001B[H';

const set = (mode: number) => `\u001B[?${mode}h`;
const reset = (mode: number) => `\u001B[?${mode}l`;

/** Asks for reports as long as Ink has its screen, and takes that back before Ink leaves it, however it comes to that. */
export function createScreenModes(write: (text: string) => void) {
  let wanted = NO_MODES;
  let there = false;
  return {
    set(next: Modes) {
      if (there) {
        const change = modeSequence(wanted, next);
        if (change !== '') write(change);
      }
      wanted = next;
    },
    /** The data with what belongs to entering and leaving the screen. */
    around(data: string | Uint8Array): string | Uint8Array {
      if (typeof data !== 'string') return data;
      if (data.startsWith(ENTER_ALTERNATE)) {
        there = true;
        // The cursor comes along from the other screen, and Ink's first frame begins wherever it is.
        const rest = data.slice(ENTER_ALTERNATE.length);
        return ENTER_ALTERNATE + HOME + modeSequence(NO_MODES, wanted) + rest;
      }
      if (!there || !data.startsWith(LEAVE_ALTERNATE)) return data;
      there = false;
      return modeSequence(wanted, NO_MODES) + data;
    },
  };
}
