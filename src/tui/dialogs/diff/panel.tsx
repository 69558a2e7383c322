import { useMemo } from 'react';
import { plainLine } from '#format/text.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import type { Area } from '#tui/layout.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { clip, wrap } from '#tui/widgets/fit.ts';
import { fitSpans, type Spans, span } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textLine, textRows } from '#tui/widgets/text-field.ts';
import { type CommentDialog, targetWords } from './comment.ts';
import { type DiffDialog, drafts, isViewed, numbersOf, whyOld } from './reader.ts';
import { commentCount, countSpans, pathEnd, visibleRows } from './rows.ts';
import type { SearchDialog } from './search-dialog.ts';

/** From here on the files stand beside the diff, else above it. */
const BESIDE_FROM = 100;
/** Rows of the words of a comment, where there is room for so many. */
const WRITING_ROWS = 5;
/** Below this the diff needs all rows, and the files are not listed. */
const LIST_FROM_ROWS = 8;

/** Where the parts of the reader stand inside its border. */
export interface ReaderLayout {
  beside: boolean;
  /** Cells of the list of files, and of the rows of the diff. */
  list: number;
  width: number;
  /** Rows of the list of files where it is above, and of the diff. */
  files: number;
  height: number;
}

/** `below` is how many rows something at the lower end takes. */
export function layOutReader(area: Area, files: number, below: number): ReaderLayout {
  const inside = insideWidth(area.width);
  const rows = Math.max(1, area.height - 2 - below);
  if (area.width >= BESIDE_FROM) {
    const list = Math.max(24, Math.min(44, Math.round(inside * 0.25)));
    return { beside: true, list, width: inside - list - 3, files: rows, height: rows };
  }
  const above = rows < LIST_FROM_ROWS ? 0 : Math.min(files, Math.max(2, Math.floor(rows / 5)));
  const height = Math.max(1, above === 0 ? rows : rows - above - 1);
  return { beside: false, list: inside, width: inside, files: above, height };
}

export function DiffPanel({ dialog, snapshot, theme, area }: DialogProps<DiffDialog>) {
  const note = whyOld(dialog, snapshot);
  const below = note === null ? [] : [[span(note, theme.look('warning'))]];
  return <ReaderPanel reader={dialog} theme={theme} area={area} below={below} />;
}

export function CommentPanel({ dialog, theme, area }: DialogProps<CommentDialog>) {
  const { input, refusal, reader, target } = dialog;
  const width = insideWidth(area.width);
  const why = refusal === null ? [] : wrap(refusal, width, 2);
  const room = Math.max(1, Math.min(WRITING_ROWS, Math.floor((area.height - 2) / 3)));
  const below: Spans[] = [
    [span('─'.repeat(width), DIM)],
    [span(targetWords(target), { ...theme.look('accent'), bold: true })],
    ...padded(textRows(input, width, room, true), room),
    ...why.map((text) => [span(text, theme.look('warning'))]),
  ];
  return <ReaderPanel reader={reader} theme={theme} area={area} below={below} />;
}

export function SearchPanel({ dialog, theme, area }: DialogProps<SearchDialog>) {
  const { input, reader, found } = dialog;
  const none = input.text !== '' && !found ? '  not found' : '';
  const width = insideWidth(area.width) - 2 - none.length;
  const line = [
    span('/', theme.look('accent')),
    ...textLine(input, width),
    span(none, theme.look('warning')),
  ];
  return <ReaderPanel reader={reader} theme={theme} area={area} below={[line]} />;
}

interface ReaderProps {
  reader: DiffDialog;
  theme: Theme;
  area: Area;
  below: readonly Spans[];
}

function ReaderPanel({ reader, theme, area, below }: ReaderProps) {
  const { reading, taskId, title } = reader;
  const layout = layOutReader(area, reading.files.length, below.length);
  const rows = useMemo(
    () => visibleRows(reader, theme, layout.width, layout.height),
    [reader, theme, layout.width, layout.height],
  );
  const files = fileRows(reader, theme, layout);
  const note = noteOf(reader);
  const upper = layout.beside
    ? Array.from({ length: layout.height }, (_, index) => [
        ...fitSpans(files[index] ?? [], layout.list),
        span(' │ ', DIM),
        ...(rows[index] ?? []),
      ])
    : [...files, ...ruleBelow(files, layout.width), ...padded(rows, layout.height)];
  return (
    <Panel
      title={clip(`Diff of #${taskId} ${plainLine(title)}`, area.width - 10 - note.length)}
      note={note}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={reader.items.length === 0 ? [...nothing(reader), ...below] : [...upper, ...below]}
    />
  );
}

function ruleBelow(files: readonly Spans[], width: number): Spans[] {
  return files.length === 0 ? [] : [[span('─'.repeat(width), DIM)]];
}

function padded(rows: readonly Spans[], height: number): Spans[] {
  return Array.from({ length: height }, (_, index) => rows[index] ?? []);
}

function nothing({ reading }: DiffDialog): Spans[] {
  return [[span(`Nothing differs from ${plainLine(reading.base)} yet.`, DIM)]];
}

/** What of the diff was read and said: `3 files +10 -2, 1 viewed, 2 drafts`. */
function noteOf(reader: DiffDialog): string {
  const { files } = reader.reading;
  const { added, deleted } = numbersOf(reader.reading);
  const viewed = files.filter((file) => isViewed(reader.reading, file)).length;
  const open = drafts(reader).length;
  const parts = [
    `${files.length} ${files.length === 1 ? 'file' : 'files'} +${added} -${deleted}`,
    viewed === 0 ? '' : `${viewed} viewed`,
    open === 0 ? '' : `${open} ${open === 1 ? 'draft' : 'drafts'}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The files, with what is known of each; the one that the cursor is in is among them. */
function fileRows(reader: DiffDialog, theme: Theme, layout: ReaderLayout): Spans[] {
  const { files } = reader.reading;
  const current = reader.items[reader.at]?.file ?? -1;
  const top = windowTop(0, Math.max(0, current), files.length, layout.files);
  return files.slice(top, top + layout.files).map((file, index) => {
    const chosen = top + index === current;
    const count = commentCount(reader, file.path);
    const right = [
      ...countSpans(file, theme),
      span(count === 0 ? '' : ` ${GLYPHS.comment}${count}`, theme.look('warning')),
    ];
    const taken = 4 + right.reduce((all, { text }) => all + text.length, 0);
    return [
      span(chosen ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
      span(isViewed(reader.reading, file) ? `${GLYPHS.done} ` : '  ', theme.look('good')),
      span(pathEnd(file.path, Math.max(4, layout.list - taken)), chosen ? BOLD : {}),
      ...right,
    ];
  });
}
