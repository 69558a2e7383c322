import { expect, test } from 'vitest';
import { createPaint } from '#cli/style.ts';
import { type Column, formatTable } from '#cli/table.ts';
import { columnsOf } from '#format/text.ts';

interface Row {
  id: number;
  title: string;
  note: string;
}

const COLUMNS: Column<Row>[] = [
  { title: 'ID', cell: (row) => `#${row.id}`, side: 'end' },
  { title: 'TITLE', cell: (row) => row.title, least: 8 },
  { title: 'NOTE', cell: (row) => row.note, least: 6 },
];
const ROWS: Row[] = [
  { id: 7, title: '日本語の題', note: 'x' },
  { id: 1234, title: 'plain', note: 'after #7' },
];
const plain = createPaint(false);

test('columns stand under each other, also with wide characters', () => {
  expect(formatTable(ROWS, COLUMNS, { width: null, paint: plain })).toBe(
    ['   ID  TITLE       NOTE', '   #7  日本語の題  x', '#1234  plain       after #7'].join('\n'),
  );
});

test('no line is wider than the screen as long as the columns can give way', () => {
  const long = [{ id: 1, title: 'long '.repeat(50), note: 'also long '.repeat(9) }];
  for (const width of [80, 40, 23]) {
    const lines = formatTable(long, COLUMNS, { width, paint: plain }).split('\n');
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain('…');
  }
});

test('nothing is cut where there is no screen', () => {
  const title = 'long '.repeat(50);
  expect(
    formatTable([{ id: 1, title, note: '' }], COLUMNS, { width: null, paint: plain }),
  ).toContain(title.trim());
});

test('a cell cannot break its line or steer the terminal', () => {
  const rows = [{ id: 1, title: 'a\nb\u001b[2J', note: '' }];
  expect(formatTable(rows, COLUMNS, { width: 80, paint: plain }).split('\n')[1]).toBe('#1  a b');
});

test('colours do not move anything', () => {
  const columns: Column<Row>[] = [
    {
      title: 'TITLE',
      cell: (row) => row.title,
      paint: (_, text) => createPaint(true)('red', text),
    },
    { title: 'NOTE', cell: (row) => row.note },
  ];
  const painted = formatTable(ROWS, columns, { width: 80, paint: createPaint(true) });
  expect(painted).toContain('\u001b[31mplain     \u001b[39m  after #7');
});
