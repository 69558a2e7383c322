import type { Snapshot } from '#app.ts';
import type { GraphRow } from '#domain/queue/graph.ts';
import { graphLead, graphNote } from '#format/graph.ts';
import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import type { GraphDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { insideHeight } from '#tui/layout.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells, clip } from '#tui/widgets/fit.ts';
import { type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

/** A title keeps this much beside what is said of the task. */
const LEAST_TITLE_CELLS = 16;

/** Which tasks wait for which. What they wait for was read when it opened; how they stand changes while it is open. */
export function GraphPanel({ dialog, snapshot, theme, area }: DialogProps<GraphDialog>) {
  const { rows, place, graph, taskId } = dialog;
  const width = insideWidth(area.width);
  const height = Math.max(1, insideHeight(area));
  const top = windowTop(dialog.top, place, rows.length, height);
  const lines = rows
    .slice(top, top + height)
    .map((row, index) =>
      graphLine(dialog, row, { snapshot, theme, width, isSelected: top + index === place }),
    );
  const none = [
    graph.task === null
      ? 'No task waits for another one.'
      : 'It waits for no task, and none for it.',
    'A task waits for what is named as "After" in its form.',
  ].map((each) => [span(clip(each, width), DIM)]);
  return (
    <Panel
      title={
        graph.task === null ? `Graph of ${graph.project ?? 'all projects'}` : `Graph of #${taskId}`
      }
      note={rows.length === 0 ? '' : `${place + 1}/${rows.length}`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={graph.edges.length === 0 ? [...lines, [], ...none] : lines}
    />
  );
}

interface LineOptions {
  snapshot: Snapshot;
  theme: Theme;
  width: number;
  isSelected: boolean;
}

/** `▸ │  └─ ☐ #4 Put the roof on      also after #3` */
function graphLine({ graph, taskId }: GraphDialog, row: GraphRow, options: LineOptions): Spans {
  const { snapshot, theme, width, isSelected } = options;
  const task = graph.tasks.find(({ id }) => id === row.id);
  if (task === undefined) return [];
  const status = snapshot.tasks.find(({ id }) => id === row.id)?.status ?? task.status;
  const quiet = status === 'done' || row.isAgain;
  const head = [
    span(isSelected ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
    span(graphLead(row, width), DIM),
    span(`${statusSign(status).symbol} `, quiet ? DIM : theme.status(status)),
    span(`#${row.id} `, row.id === taskId ? BOLD : DIM),
  ];
  const room = width - head.reduce((sum, each) => sum + cells(each.text), 0);
  const note = plainLine(graphNote(row, task, graph.project));
  const title = plainLine(task.title);
  const noteRoom = Math.max(room - cells(title), room - LEAST_TITLE_CELLS) - 2;
  const said = note === '' || noteRoom < 4 ? '' : `  ${clip(note, noteRoom)}`;
  const look = isSelected ? BOLD : quiet ? DIM : {};
  const noteLook = task.trouble !== null && !row.isAgain ? theme.look('warning') : DIM;
  return spread([...head, span(title, look)], [span(said, noteLook)], width);
}
