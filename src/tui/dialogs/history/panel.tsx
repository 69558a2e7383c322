import type { Snapshot, TaskRow } from '#app.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { formatMoney } from '#domain/words/money.ts';
import { formatDuration } from '#format/duration.ts';
import { plainLine } from '#format/text.ts';
import type { HistoryDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { insideHeight } from '#tui/layout.ts';
import { doneOf } from '#tui/queue.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells, filled } from '#tui/widgets/fit.ts';
import { type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { pressLine } from '#tui/widgets/press-line.ts';
import { textField } from '#tui/widgets/text-field.ts';

/** The filter has the last row for itself, and a blank one above it. */
export const LIST_ROWS_LESS = 2;

const WHEN_CELLS = 12;
/** A title keeps so many cells before what the task took is left out for it. */
const TITLE_CELLS = 24;

/** The done tasks of a project, the last one finished first. Only the rows that are seen are made. */
export function HistoryPanel(props: DialogProps<HistoryDialog>) {
  const { dialog, snapshot, view, theme, keymap, area } = props;
  const { projectId, filter, filtering } = dialog;
  const rows = doneOf(snapshot, projectId, filter.text);
  const width = insideWidth(area.width);
  const height = Math.max(1, insideHeight(area) - LIST_ROWS_LESS);
  // Tasks may be taken up again, and the screen may shrink, while the list is open.
  const place = Math.max(0, Math.min(dialog.place, rows.length - 1));
  const top = windowTop(dialog.top, place, rows.length, height);
  const lines = rows
    .slice(top, top + height)
    .map((row, index) => historyLine(row, top + index === place, snapshot, width, view.now, theme));
  const project = snapshot.projects.find(({ id }) => id === projectId)?.name ?? '';
  return (
    <Panel
      title={`History of ${plainLine(project)}`}
      note={rows.length === 0 ? '' : `${place + 1}/${rows.length}`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        ...(rows.length === 0 ? emptyLines(filter.text !== '', keymap) : lines),
        ...Array.from(
          { length: Math.max(0, height - Math.max(rows.length === 0 ? 2 : 0, lines.length)) },
          () => [],
        ),
        [],
        filterLine(dialog, filtering, width, theme),
      ]}
    />
  );
}

function filterLine(
  { filter }: HistoryDialog,
  filtering: boolean,
  width: number,
  theme: Theme,
): Spans {
  if (!filtering && filter.text === '') return [];
  return [
    span('/ ', theme.look('accent')),
    ...textField(filter, filtering, 'title or #number', width - 2),
  ];
}

function emptyLines(isFiltered: boolean, keymap: Keymap): Spans[] {
  if (isFiltered) {
    return [
      [span('No done task has this in its title or number.', DIM)],
      [span('Press '), span('Esc', BOLD), span(' to see all again.')],
    ];
  }
  return [
    [span('No task is done yet.', DIM)],
    pressLine(keymap, 'done', 'in the queue to finish a task that you have reviewed'),
  ];
}

/** `▸ 20 Nov 14:05  #12 Fix the login      12m · $1.42 · PR #4` */
function historyLine(
  row: TaskRow,
  isSelected: boolean,
  snapshot: Snapshot,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  const when = row.completedAt === null ? '–' : formatMoment(Date.parse(row.completedAt), now);
  const left: Span[] = [
    span(isSelected ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
    span(`${filled(when, WHEN_CELLS)} `, DIM),
    span(`#${row.id} `, DIM),
    span(plainLine(row.title), isSelected ? BOLD : {}),
  ];
  const room = width - TITLE_CELLS - WHEN_CELLS - 4;
  const took = tookWords(row, snapshot).filter((text) => text !== '');
  while (took.length > 0 && cells(took.join(' · ')) + 2 > room) took.shift();
  return spread(left, [span(took.length === 0 ? '' : `  ${took.join(' · ')}`, DIM)], width);
}

/** How long Claude worked, what it cost, where it was delivered; what is not known is left out. */
function tookWords({ id }: TaskRow, { usage, pullRequests }: Snapshot): string[] {
  const used = usage.get(id);
  const pullRequest = pullRequests.get(id);
  return [
    used?.workedMs == null ? '' : `worked ${formatDuration(used.workedMs)}`,
    used?.costUsd == null ? '' : formatMoney(used.costUsd),
    pullRequest === undefined ? '' : `PR #${pullRequest.number}`,
  ];
}
