import type { Snapshot } from '#app.ts';
import { plainLine } from '#format/text.ts';
import { type Area, insideHeight } from '#tui/layout.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import { selectedQueue, type View } from '#tui/view.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { taskLine } from './task-line.ts';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  area: Area;
}

/** The queue of the selected project. Only the rows that are seen are made, however many there are. */
export function TaskPanel({ snapshot, view, theme, area }: Props) {
  const focused = view.focus === 'tasks';
  const { rows, idWidth, wordWidth, hidden } = selectedQueue(snapshot, view);
  const shown = rows.slice(view.taskTop, view.taskTop + insideHeight(area));
  const width = insideWidth(area.width);
  const lines =
    rows.length === 0
      ? emptyLines(snapshot, view)
      : shown.map((task) =>
          taskLine(task, {
            snapshot,
            theme,
            width,
            idWidth,
            wordWidth,
            focused,
            selected: task.id === view.taskId,
          }),
        );
  if (hidden > 0 && rows.length > 0 && lines.length < insideHeight(area)) {
    lines.push([span(`  ${hidden} more done: `, DIM), span('H', BOLD), span(' history', DIM)]);
  }
  const filter = view.filter.text === '' ? '' : ` [/${plainLine(view.filter.text)}]`;
  return (
    <Panel
      title={`Task Queue${filter}`}
      note={rows.length === 0 ? '' : `${view.taskPlace + 1}/${rows.length}`}
      width={area.width}
      height={area.height}
      border={theme.look(focused ? 'border_focused' : 'border_unfocused')}
      titleLook={focused ? BOLD : {}}
      lines={lines}
    />
  );
}

function emptyLines(snapshot: Snapshot, view: View): Spans[] {
  if (snapshot.projects.length === 0) {
    return [
      [span('A task belongs to a project.', DIM)],
      [span('Press '), span('a', BOLD), span(' to add the first one.')],
    ];
  }
  if (view.filter.text !== '') {
    return [
      [span('No task has this in its title or number.', DIM)],
      [span('Press '), span('Esc', BOLD), span(' to see all tasks again.')],
    ];
  }
  return [
    [span('No tasks yet.', DIM)],
    [span('Press '), span('n', BOLD), span(' to write the first one.')],
  ];
}
