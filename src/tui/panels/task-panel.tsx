import type { Snapshot } from '#app.ts';
import { plainLine } from '#format/text.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { keyOf } from '#tui/keys/sentences.ts';
import { type Area, insideHeight } from '#tui/layout.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import { selectedQueue, type View } from '#tui/view.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { pressLine } from '#tui/widgets/press-line.ts';
import { taskLine } from './task-line.ts';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
  area: Area;
}

/** The queue of the selected project. Only the rows that are seen are made, however many there are. */
export function TaskPanel({ snapshot, view, theme, keymap, area }: Props) {
  const focused = view.focus === 'tasks';
  const { rows, idWidth, wordWidth, hidden } = selectedQueue(snapshot, view);
  const shown = rows.slice(view.taskTop, view.taskTop + insideHeight(area));
  const width = insideWidth(area.width);
  const lines =
    rows.length === 0
      ? emptyLines(snapshot, view, keymap)
      : shown.map((task) =>
          taskLine(task, {
            snapshot,
            theme,
            width,
            idWidth,
            wordWidth,
            focused,
            now: view.now,
            selected: task.id === view.taskId,
          }),
        );
  if (hidden > 0 && rows.length > 0 && lines.length < insideHeight(area)) {
    const key = keyOf(keymap, 'history');
    const where = key === null ? [] : [span(': ', DIM), span(key, BOLD), span(' history', DIM)];
    lines.push([span(`  ${hidden} more done`, DIM), ...where]);
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

function emptyLines(snapshot: Snapshot, view: View, keymap: Keymap): Spans[] {
  if (snapshot.projects.length === 0) {
    return [
      [span('A task belongs to a project.', DIM)],
      pressLine(keymap, 'add_project', 'to add the first one'),
    ];
  }
  if (view.filter.text !== '') {
    return [
      [span('No task has this in its title or number.', DIM)],
      pressLine(keymap, 'clear_filter', 'to see all tasks again'),
    ];
  }
  return [[span('No tasks yet.', DIM)], pressLine(keymap, 'new', 'to write the first one')];
}
