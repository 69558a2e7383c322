/** Lines around an error that are kept, each way. */
const AROUND = 40;
/** Errors around which lines are kept: the last ones. */
const MOST_ERRORS = 20;
/** Lines at its end that are kept. */
const TAIL = 200;
/** A longer line is cut. */
const LONGEST_LINE = 2_000;
/** More than this nobody reads; what is kept is the end. */
const MOST_BYTES = 256 * 1024;

const ESC = '\u001b';
const BEL = '\u0007';
/** What colours and moves a terminal's cursor: CSI and OSC sequences, other escapes. */
const ESCAPES = new RegExp(
  [
    `${ESC}\\[[0-?]*[ -/]*[@-~]`,
    `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
/** `2026-01-01T12:00:00.1234567Z ` before each line. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ?/;

/**
 * What of the log of a failed job tells why: the lines around its errors, and its end. Without
 * colours, times, the marks of groups and control characters. It is text from outside, and may hold
 * secrets.
 */
export function relevantLog(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(ESCAPES, '')
    .split(/\r\n|\n|\r/)
    .map(plain)
    .filter((line) => !/^##\[(group|endgroup)\]/.test(line));
  if (lines.at(-1) === '') lines.pop();
  return within(kept(lines));
}

function plain(line: string): string {
  const text = line
    .replace(TIMESTAMP, '')
    .replace(/[^\P{Cc}\t]/gu, '')
    .trimEnd();
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}

/** The lines around errors and the end, with a word where others were left out. */
function kept(lines: readonly string[]): string[] {
  const errors = lines
    .flatMap((line, index) => (line.startsWith('##[error]') ? [index] : []))
    .slice(-MOST_ERRORS);
  const isKept = (index: number): boolean =>
    index >= lines.length - TAIL || errors.some((at) => Math.abs(at - index) <= AROUND);
  const out: string[] = [];
  let left = 0;
  const tellLeft = (): void => {
    if (left > 0) out.push(`… (${left} ${left === 1 ? 'line' : 'lines'} left out)`);
    left = 0;
  };
  lines.forEach((line, index) => {
    if (!isKept(index)) {
      left += 1;
      return;
    }
    tellLeft();
    out.push(line.replace(/^##\[error\]/, 'Error: '));
  });
  return out;
}

/** As many of the last lines as fit. */
function within(lines: readonly string[]): string {
  let bytes = 0;
  let from = lines.length;
  while (from > 0) {
    bytes += new TextEncoder().encode(lines[from - 1]).length + 1;
    if (bytes > MOST_BYTES) break;
    from -= 1;
  }
  const cut = from > 0 ? ['… (the beginning is left out)'] : [];
  return [...cut, ...lines.slice(from), ''].join('\n');
}
