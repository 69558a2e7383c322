import { columnsOf, pad, plainLine, truncate } from '#format/text.ts';
import type { Paint } from './style.ts';

export interface Column<Row> {
  title: string;
  cell(row: Row): string;
  /** Paints the finished cell. */
  paint?(row: Row, text: string): string;
  /** Numbers stand at the right. */
  side?: 'start' | 'end';
  /** The narrowest that it may become where the screen has no room; columns without it keep their width. */
  least?: number;
}

const GAP = '  ';

/**
 * Rows under a head line, aligned by columns of the screen. `width` cuts those columns that allow it, the widest first; null cuts nothing.
 * Cells may hold anything: what could steer a terminal is stripped.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: { width: number | null; paint: Paint },
): string {
  // Nothing is wider than the screen, and what is cut first need not be measured whole.
  const fitting = (text: string): string => (width === null ? text : truncate(text, width));
  const cells = rows.map((row) => columns.map((column) => fitting(plainLine(column.cell(row)))));
  const widths = columns.map((column, index) =>
    Math.max(columnsOf(column.title), ...cells.map((line) => columnsOf(line[index] ?? ''))),
  );
  if (width !== null) shrink(widths, columns, width);
  const place = (text: string, index: number): string => {
    const room = widths[index] ?? 0;
    const last = index === columns.length - 1;
    if (last && columns[index]?.side !== 'end') return truncate(text, room);
    return pad(text, room, columns[index]?.side);
  };
  const head = columns
    .map((column, index) => place(column.title, index))
    .join(GAP)
    .trimEnd();
  const lines = rows.map((row, line) =>
    columns
      .map((column, index) => {
        const text = place(cells[line]?.[index] ?? '', index);
        return column.paint === undefined ? text : column.paint(row, text);
      })
      .join(GAP)
      .trimEnd(),
  );
  return [paint('dim', head), ...lines].join('\n');
}

/** Takes columns of the screen from the widest column that still has some to give, until all fit or nobody has. */
function shrink<Row>(widths: number[], columns: readonly Column<Row>[], width: number): void {
  const total = (): number =>
    widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1);
  while (total() > width) {
    let widest: number | null = null;
    for (const [index, column] of columns.entries()) {
      const room = widths[index] ?? 0;
      if (column.least === undefined || room <= column.least) continue;
      if (widest === null || room > (widths[widest] ?? 0)) widest = index;
    }
    if (widest === null) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}
