import stringWidth from 'string-width';
import { applySgr, type Look, PLAIN } from '#tui/picture/sgr.ts';

const CELL = { width: 8.43, height: 18 } as const;
const FONT_SIZE = 14;
/** Where letters stand in their cell, from its top. */
const BASELINE = 13.5;
const MARGIN = 14;

/** What a terminal chooses itself. */
interface Colors {
  readonly ground: string;
  readonly ink: string;
  /** The sixteen that have names. */
  readonly palette: readonly string[];
}

const TERMINALS: Readonly<Record<'dark' | 'light', Colors>> = {
  dark: {
    ground: '#16181d',
    ink: '#d4d7dd',
    palette: [
      ...['#3b404a', '#e06c75', '#8fc379', '#e5c07b', '#61afef', '#c678dd', '#56c2cf', '#d4d7dd'],
      ...['#767e8c', '#ff7b86', '#a9dc8f', '#f5d590', '#7cc0ff', '#d992f0', '#6fd8e5', '#ffffff'],
    ],
  },
  light: {
    ground: '#fbfbf9',
    ink: '#24292f',
    palette: [
      ...['#24292f', '#b3202c', '#1f7a34', '#8a5a00', '#1d5fc2', '#7b3fb8', '#0b6e7c', '#8b929b'],
      ...['#6b737d', '#cf222e', '#2a8f43', '#a06a00', '#2b74dd', '#8f54cc', '#128293', '#d8dce0'],
    ],
  },
};

/** A captured screen. */
export interface Screen {
  /** Text with SGR sequences and nothing else, as `tmux capture-pane -e` prints it. */
  readonly rows: readonly string[];
  readonly columns: number;
  /** Where the cursor stands; null when it is hidden. */
  readonly cursor: { readonly column: number; readonly row: number } | null;
}

interface Cell {
  readonly text: string;
  /** Columns that it takes: 1, or 2 for a wide character. */
  readonly width: number;
  readonly look: Look;
}

/** A cell and the column that it begins at. */
type Placed = Cell & { readonly column: number };

/**
 * Draws a captured screen as a picture that needs no file beside it. Each word is put on its own column, lines and blocks are drawn as
 * shapes: a font of another width moves nothing.
 */
export function screenSvg(screen: Screen, title: string, terminal: 'dark' | 'light'): string {
  const { rows, columns, cursor } = screen;
  const colors = TERMINALS[terminal];
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = rows.length * CELL.height + 2 * MARGIN;
  let look = PLAIN;
  const drawn = rows.map((row, index) => {
    const [cells, after] = readRow(row, look);
    look = after;
    return drawRow(cells, MARGIN + index * CELL.height, colors);
  });
  const fonts = "ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',Consolas,monospace";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${colors.ground}"/>`,
    `<g font-family="${fonts}" font-size="${FONT_SIZE}" fill="${colors.ink}" stroke-width="1.2">`,
    ...drawn.filter((row) => row !== ''),
    ...(cursor === null ? [] : [drawCursor(cursor, colors)]),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A beam, so that what stands under it can be read. */
function drawCursor(cursor: { column: number; row: number }, { ink }: Colors): string {
  const top = MARGIN + cursor.row * CELL.height;
  return `<rect x="${x(cursor.column)}" y="${top + 1}" width="2" height="${CELL.height - 2}" fill="${ink}"/>`;
}

const clusters = new Intl.Segmenter();

/** The cells of a row, and the look that the next row begins with. */
function readRow(row: string, before: Look): [Placed[], Look] {
  const cells: Placed[] = [];
  let look = before;
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a captured row is made of.
  for (const [token, parameters] of row.matchAll(/\u001B\[([\d;:]*)m|[^\u001B]+/g)) {
    if (parameters !== undefined) {
      look = applySgr(look, parameters);
      continue;
    }
    for (const { segment } of clusters.segment(token)) {
      const width = stringWidth(segment);
      cells.push({ text: segment, width, look, column });
      column += width;
    }
  }
  return [cells, look];
}

function drawRow(cells: readonly Placed[], top: number, colors: Colors): string {
  const runs = joined(cells);
  return [
    drawGrounds(cells, top, colors),
    ...runs.map((run) => drawShape(run, top, colors) ?? drawText(run, top, colors)),
  ].join('');
}

/** Neighbours that look alike become one; a wide character, a space and a shape end a word. */
function joined(cells: readonly Placed[]): Placed[] {
  const runs: Placed[] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last !== undefined && last.look === cell.look && isSameKind(last.text, cell)) {
      runs[runs.length - 1] = {
        ...last,
        text: last.text + cell.text,
        width: last.width + cell.width,
      };
    } else runs.push(cell);
  }
  return runs;
}

const isSpace = (text: string): boolean => /^ +$/.test(text);
const isShape = (text: string): boolean => /^[─│╭╮╰╯█░]+$/.test(text);

function isSameKind(run: string, cell: Cell): boolean {
  if (cell.width !== 1 || stringWidth(run) !== [...run].length) return false;
  if (isSpace(run) || isSpace(cell.text)) return isSpace(run) && isSpace(cell.text);
  if (isShape(run) || isShape(cell.text)) return /[─█░]/.test(cell.text) && run.endsWith(cell.text);
  return true;
}

/** Neighbours on the same ground are one rectangle: between two, a seam would shine through. */
function drawGrounds(cells: readonly Placed[], top: number, colors: Colors): string {
  const grounds: { fill: string; column: number; width: number }[] = [];
  for (const { look, column, width } of cells) {
    const fill = groundOf(look, colors);
    const last = grounds.at(-1);
    if (last !== undefined && last.fill === fill) last.width += width;
    else grounds.push({ fill, column, width });
  }
  return grounds
    .filter(({ fill }) => fill !== '')
    .map(
      ({ fill, column, width }) =>
        `<rect x="${x(column)}" y="${top}" width="${round(width * CELL.width)}" height="${CELL.height}" fill="${fill}"/>`,
    )
    .join('');
}

/** Empty for that of the terminal. */
function groundOf({ inverse, foreground, background }: Look, colors: Colors): string {
  if (inverse === '') return background === '' ? '' : colorOf(background, colors);
  return foreground === '' ? colors.ink : colorOf(foreground, colors);
}

function drawShape(
  { text, look, column, width }: Placed,
  top: number,
  colors: Colors,
): string | null {
  if (!isShape(text)) return null;
  const color = inkOf(look, colors);
  const left = x(column);
  const right = x(column + width);
  const middle = round((left + right) / 2);
  const line = top + CELL.height / 2;
  const bottom = top + CELL.height;
  if (text.startsWith('█') || text.startsWith('░')) {
    const faint = text.startsWith('░') ? ' opacity=".3"' : '';
    return `<rect x="${left}" y="${top + 3}" width="${round(right - left)}" height="${CELL.height - 6}" fill="${color}"${faint}/>`;
  }
  const bend = CELL.width / 2;
  const paths: Record<string, string> = {
    '│': `M${middle} ${top}V${bottom}`,
    '╭': `M${middle} ${bottom}V${line + bend}Q${middle} ${line} ${right} ${line}`,
    '╮': `M${left} ${line}Q${middle} ${line} ${middle} ${line + bend}V${bottom}`,
    '╰': `M${middle} ${top}V${line - bend}Q${middle} ${line} ${right} ${line}`,
    '╯': `M${left} ${line}Q${middle} ${line} ${middle} ${line - bend}V${top}`,
  };
  const path = paths[text] ?? `M${left} ${line}H${right}`;
  return `<path d="${path}" fill="none" stroke="${color}"/>`;
}

function drawText({ text, look, column, width }: Placed, top: number, colors: Colors): string {
  if (isSpace(text)) return '';
  const bold = look.weight.startsWith('1') ? ' font-weight="bold"' : '';
  const italic = look.slant === '' ? '' : ' font-style="italic"';
  const length = width > 1 ? ` textLength="${round(width * CELL.width)}"` : '';
  const fit = width > 1 ? ' lengthAdjust="spacingAndGlyphs"' : '';
  return `<text x="${x(column)}" y="${top + BASELINE}" fill="${inkOf(look, colors)}"${bold}${italic}${length}${fit}>${escaped(text)}</text>`;
}

function inkOf(look: Look, colors: Colors): string {
  const { ground, ink } = colors;
  if (look.inverse !== '')
    return look.background === '' ? ground : colorOf(look.background, colors);
  const color = look.foreground === '' ? ink : colorOf(look.foreground, colors);
  return look.weight.endsWith('2') ? mixed(color, ground) : color;
}

/** A colour as SGR says it (`32`, `94`, `38;5;n`, `48;2;r;g;b`) as SVG says it. */
function colorOf(sgr: string, { palette, ink }: Colors): string {
  const [code = 0, kind, ...values] = sgr.split(';').map(Number);
  if (kind === 2) return hex(values);
  if (kind === 5) return indexed(values[0] ?? 0, palette) ?? ink;
  return palette[(code % 10) + (code >= 90 ? 8 : 0)] ?? ink;
}

function indexed(index: number, palette: readonly string[]): string | undefined {
  if (index < 16) return palette[index];
  if (index >= 232) return hex([0, 0, 0].map(() => 8 + 10 * (index - 232)));
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level));
}

/** Dim: halfway to the ground. */
function mixed(color: string, ground: string): string {
  const parts = (text: string): number[] =>
    [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  const below = parts(ground);
  return hex(
    parts(color).map((value, index) => Math.round(value * 0.58 + (below[index] ?? 0) * 0.42)),
  );
}

function hex(values: readonly number[]): string {
  return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const x = (column: number): number => round(MARGIN + column * CELL.width);
const round = (value: number): number => Math.round(value * 100) / 100;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
