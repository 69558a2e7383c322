import stringWidth from 'string-width';

/** The part of xterm's tables of widths that a table of our own needs. */
export interface WidthTable {
  readonly version: string;
  wcwidth(code: number): 0 | 1 | 2;
  /** xterm packs what it knows of a character: bit 0 says that it joins the one before, bits 1 and 2 its width, the rest is the table's own. */
  charProperties(code: number, before: number): number;
}

const ZERO_WIDTH_JOINER = 0x200d;
/** Set in the table's own bits after a joiner. */
const JOINER = 1;

const known = new Map<number, 0 | 1 | 2>();

/** Where tmux, whose widths these must be, knows another one than the terminals of today. */
function widthInTmux(code: number): 0 | 1 | 2 | null {
  // Letters of flags are one cell each, the soft hyphen is shown, vowels and finals of Hangul syllables join.
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return 1;
  if (code === 0xad) return 1;
  return code >= 0x1160 && code <= 0x11ff ? 0 : null;
}

function widthOf(code: number): 0 | 1 | 2 {
  if (code >= 0x20 && code < 0x7f) return 1;
  const found = known.get(code);
  if (found !== undefined) return found;
  const width = widthInTmux(code) ?? (stringWidth(String.fromCodePoint(code)) as 0 | 1 | 2);
  known.set(code, width);
  return width;
}

/**
 * How wide tmux takes a character to be. Its client moves the cursor by that, so the screen that shows it must count the same; the
 * tables that come with xterm are of 2010 and 2018.
 */
export const TMUX_WIDTHS: WidthTable = {
  version: 'tmux',
  wcwidth: widthOf,
  charProperties(code, before) {
    const widthBefore = (before >> 1) & 3;
    const afterJoiner = before >> 3 === JOINER;
    const width = widthOf(code);
    const joins = widthBefore > 0 && (width === 0 || afterJoiner);
    const own = code === ZERO_WIDTH_JOINER && joins ? JOINER : 0;
    return (own << 3) | ((joins ? widthBefore : width) << 1) | (joins ? 1 : 0);
  },
};
