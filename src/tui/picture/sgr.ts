/** How the next character looks: SGR parameters, one for each property that is not the default. */
export interface Look {
  readonly weight: string;
  readonly slant: string;
  readonly underline: string;
  readonly blink: string;
  readonly inverse: string;
  readonly hidden: string;
  readonly strike: string;
  readonly overline: string;
  readonly foreground: string;
  readonly background: string;
  readonly underlineColor: string;
}

export const PLAIN: Look = {
  weight: '',
  slant: '',
  underline: '',
  blink: '',
  inverse: '',
  hidden: '',
  strike: '',
  overline: '',
  foreground: '',
  background: '',
  underlineColor: '',
};

/**
 * Codes that set or clear one property. Bold and dim are two codes of one property; see `weighed`.
 */
const CODES: Readonly<Record<number, Partial<Look>>> = {
  0: PLAIN,
  3: { slant: '3' },
  4: { underline: '4' },
  5: { blink: '5' },
  6: { blink: '5' },
  7: { inverse: '7' },
  8: { hidden: '8' },
  9: { strike: '9' },
  21: { underline: '4:2' },
  22: { weight: '' },
  23: { slant: '' },
  24: { underline: '' },
  25: { blink: '' },
  27: { inverse: '' },
  28: { hidden: '' },
  29: { strike: '' },
  39: { foreground: '' },
  49: { background: '' },
  53: { overline: '53' },
  55: { overline: '' },
  59: { underlineColor: '' },
};

/** Returns the look after `ESC [ parameters m`. Codes that are not known change nothing. */
export function applySgr(look: Look, parameters: string): Look {
  const parts = parameters.split(';');
  let next = look;
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const [head = ''] = part.split(':', 1);
    const code = Number(head);
    if (code === 38 || code === 48 || code === 58) {
      // With semicolons the colour's numbers are parameters of their own; with colons they are in
      // this one.
      const [color, used] = part.includes(':') ? [colonColor(part), 0] : plainColor(parts, index);
      index += used;
      if (color !== null) next = { ...next, [COLORED[code]]: `${code};${color}` };
    } else if (code === 4 && part.includes(':')) {
      const style = part.slice(2);
      if (/^[0-5]$/.test(style)) next = { ...next, underline: style === '0' ? '' : part };
    } else if (code === 1 || code === 2) {
      next = { ...next, weight: weighed(next.weight, head) };
    } else if (isForeground(code)) {
      next = { ...next, foreground: head };
    } else if (isForeground(code - 10)) {
      next = { ...next, background: head };
    } else {
      next = { ...next, ...CODES[code] };
    }
  }
  return next;
}

const COLORED = { 38: 'foreground', 48: 'background', 58: 'underlineColor' } as const;

const isForeground = (code: number) => (code >= 30 && code <= 37) || (code >= 90 && code <= 97);

const weighed = (weight: string, code: string) => (weight === '' || weight === code ? code : '1;2');

/**
 * Returns `5;n` or `2;r;g;b` and how many parameters after the first it took; null for a colour
 * that is none.
 */
function plainColor(parts: readonly string[], at: number): [string | null, number] {
  const kind = parts[at + 1];
  const length = kind === '5' ? 2 : kind === '2' ? 4 : 1;
  return [color(parts.slice(at + 1, at + 1 + length)), length];
}

/**
 * The colon form may hold the number of a colour space before red; it is empty in practice and left
 * out.
 */
function colonColor(part: string): string | null {
  const numbers = part.split(':').slice(1);
  return color(numbers[0] === '2' && numbers.length > 4 ? ['2', ...numbers.slice(2, 5)] : numbers);
}

function color(numbers: readonly string[]): string | null {
  const [kind, ...values] = numbers;
  const wanted = kind === '5' ? 1 : kind === '2' ? 3 : -1;
  if (values.length !== wanted) return null;
  return values.every((value) => /^\d{1,3}$/.test(value) && Number(value) < 256)
    ? numbers.join(';')
    : null;
}

/** Returns the sequence that gives exactly this look, whatever was before. */
export function sgrOf(look: Look): string {
  const set = Object.values(look).filter((value) => value !== '');
  return set.length === 0 ? '\u001B[0m' : `\u001B[0;${set.join(';')}m`;
}
