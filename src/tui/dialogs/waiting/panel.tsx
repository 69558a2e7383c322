import { useMemo } from 'react';
import type { InboxKind } from '#domain/inbox.ts';
import { formatRelativeTime } from '#format/relative-time.ts';
import { activitySign, type Sign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import type { ReasonDialog, WaitingDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { firstRow, placeNote } from '#tui/dialogs/scroll.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells, clip, filled } from '#tui/widgets/fit.ts';
import { type Look, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import type { TextState } from '#tui/widgets/text-edit.ts';
import { textLine } from '#tui/widgets/text-field.ts';
import { detailLines } from './detail-lines.ts';
import { takesOwnWords, tasksIn, type WaitingRow, waitingRows, withSeen } from './rows.ts';

/** The list leaves at least half of the panel to what is asked. */
const LIST_SHARE = 0.4;
const KIND_CELLS = 11;
const AGE_CELLS = 4;
/** In a narrower row a kind is its sign. */
const WORDS_FROM = 50;

const KINDS: Record<InboxKind, Sign> = {
  permission: { ...activitySign('permission'), label: 'permission' },
  question: { ...activitySign('question'), label: 'question' },
  plan: { ...activitySign('plan'), label: 'plan' },
  setup_failed: { ...statusSign('error'), label: 'setup' },
  conflict: statusSign('conflict'),
  ci_failed: { ...statusSign('ci_failed'), label: 'checks' },
  comments: { ...statusSign('in_review'), label: 'comments' },
  attention: { ...statusSign('in_review'), label: 'attention' },
  draft: { ...statusSign('in_review'), label: 'draft PR' },
  ready_to_merge: { ...statusSign('in_review'), label: 'ready' },
  closed: { ...statusSign('in_review'), label: 'PR closed' },
  error: statusSign('error'),
  alarm: { ...statusSign('error'), label: 'alarm' },
  budget: { ...statusSign('interrupted'), label: 'budget' },
  limited: { ...activitySign('limited'), label: 'limit over' },
  unsure: { ...statusSign('interrupted'), label: 'unsure' },
};

const FAULTS: readonly InboxKind[] = ['setup_failed', 'conflict', 'ci_failed', 'error', 'alarm'];

export function WaitingPanel({ dialog, ...shown }: DialogProps<WaitingDialog>) {
  return <List {...shown} dialog={dialog} input={null} />;
}

/** The same, with the line in which a reason is typed. */
export function ReasonPanel({ dialog, ...shown }: DialogProps<ReasonDialog>) {
  return <List {...shown} dialog={dialog.list} input={dialog.input} />;
}

type ListProps = DialogProps<WaitingDialog> & { input: TextState | null };

function List({ dialog, snapshot, view, theme, area, input }: ListProps) {
  const width = insideWidth(area.width);
  const rows = withSeen(waitingRows(snapshot), dialog.rows);
  const place = Math.max(
    0,
    rows.findIndex(({ key }) => key === dialog.selected),
  );
  const row = rows[place];
  const inside = Math.max(1, area.height - 2);
  const listed = Math.max(1, Math.min(rows.length, Math.floor(inside * LIST_SHARE)));
  const top = windowTop(0, place, rows.length, listed);
  const answer = input === null ? [] : answerLines(row, input, width, theme);
  const room = Math.max(0, inside - listed - 1 - answer.length);
  const { picks } = dialog;
  const details = useMemo(
    () => (row === undefined ? [] : detailLines(row, snapshot, picks, width, theme)),
    [row, snapshot, picks, width, theme],
  );
  const from = firstRow(dialog, details.length, room);
  const open = tasksIn(rows);
  const read = placeNote(from, details.length, room);
  const more = read === '' ? '' : ` ${read} `;
  return (
    <Panel
      title="Needs you"
      note={open === 1 ? '1 task' : `${open} tasks`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        ...rows
          .slice(top, top + listed)
          .map((row) => rowLine(row, row.key === dialog.selected, width, view.now, theme)),
        [span('─'.repeat(Math.max(0, width - more.length)), DIM), span(more, DIM)],
        ...details.slice(from, from + room),
        ...blanks(room - (details.length - from)),
        ...answer,
      ]}
    />
  );
}

const blanks = (count: number): Spans[] => Array.from({ length: Math.max(0, count) }, () => []);

function answerLines(
  row: WaitingRow | undefined,
  input: TextState,
  width: number,
  theme: Theme,
): Spans[] {
  const own = row !== undefined && takesOwnWords(row);
  const words = own ? 'In your own words:' : 'Why not? Claude is told:';
  return [
    [span(words, { ...theme.look('accent'), bold: true })],
    [span('> ', theme.look('accent')), ...textLine(input, width - 2)],
  ];
}

function rowLine(
  row: WaitingRow,
  selected: boolean,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  const { kind, since, over } = row;
  const look: Look = over ? DIM : theme.look(FAULTS.includes(kind) ? 'bad' : 'warning');
  const age = formatRelativeTime(since, Math.max(now, since)).replace(' ago', '');
  const { symbol, label } = KINDS[kind];
  const words = width < WORDS_FROM ? symbol : filled(over ? GLYPHS.done : label, KIND_CELLS);
  const head = [
    span(selected ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
    span(`${over && width < WORDS_FROM ? GLYPHS.done : words} `, look),
    span(`${filled(age, AGE_CELLS)} `, DIM),
  ];
  const keys = keysOf(row, theme);
  const room = width - cellsOf(head) - cellsOf(keys);
  const text = span(summaryIn(row, room), over ? DIM : selected ? { bold: true } : {});
  return spread([...head, text], keys, width);
}

const cellsOf = (spans: Spans): number => spans.reduce((sum, { text }) => sum + cells(text), 0);

/** A title keeps this much before the reason is cut. */
const TITLE_CELLS = 6;

/** All of it where it fits; else a piece of the title, and why in a few words. */
function summaryIn(row: WaitingRow, room: number): string {
  const all = plainLine(summary(row));
  const [task, ...others] = row.tasks;
  const { reason } = row;
  // What is first in the row says as much.
  const isSaid = reason === null || reason === KINDS[row.kind].label;
  if (cells(all) <= room || task === undefined || others.length > 0 || isSaid) return all;
  const end = `: ${plainLine(reason)}`;
  const left = Math.max(`#${task.id} `.length + TITLE_CELLS, room - cells(end));
  return `${clip(plainLine(`#${task.id} ${task.title}`), left)}${end}`;
}

/** Of one task its number, of several sessions how many there are. */
function summary({ tasks, requests, brief }: WaitingRow): string {
  const [task] = tasks;
  if (tasks.length > 1) return `${tasks.length} sessions: ${brief}`;
  const times = requests.length > 1 ? ` (${requests.length} times)` : '';
  return `#${task?.id ?? '?'} ${brief}${times}`;
}

/** What a key does to this row. */
function keysOf({ yes, requests, over }: WaitingRow, theme: Theme): Spans {
  if (over) return [];
  const key = (name: string, words: string) => [
    span(`  ${name}`, theme.look('accent')),
    span(` ${words}`, DIM),
  ];
  if (yes === null) return key('Enter', 'go');
  const [request] = requests;
  if (request?.kind !== 'question') return key('y', yes.label);
  const most = Math.max(...request.questions.map(({ options }) => options.length));
  return key(most > 1 ? `1-${Math.min(9, most)}` : '1', 'choose');
}
