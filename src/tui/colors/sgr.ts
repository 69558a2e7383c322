import type { Look } from '#tui/widgets/line.tsx';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The sequence that gives exactly this look, for what is painted beside Ink. */
export function sgrOfLook({ color, bold, dim, inverse }: Look): string {
  const codes = [
    '0',
    ...(bold ? ['1'] : []),
    ...(dim ? ['2'] : []),
    ...(inverse ? ['7'] : []),
    ...(color === undefined ? [] : [colorCode(color)]),
  ];
  return `\u001b[${codes.join(';')}m`;
}

function colorCode(color: string): string {
  if (color === 'gray') return '90';
  if (color.startsWith('#')) {
    const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    return `38;2;${parts.join(';')}`;
  }
  const bright = color.endsWith('Bright');
  const place = NAMES.indexOf(bright ? color.slice(0, -'Bright'.length) : color);
  return String((bright ? 90 : 30) + place);
}
