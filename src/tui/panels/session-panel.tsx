import type { Snapshot } from '#app.ts';
import { plainLine } from '#format/text.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { keyOf, pressTo } from '#tui/keys/sentences.ts';
import { type Area, factRows, insideHeight, pictureArea } from '#tui/layout.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import { selectedTask, type View } from '#tui/view.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { pressLine } from '#tui/widgets/press-line.ts';
import { factsOf, listsTodos, sessionLines } from './session-lines.ts';
import { todoLines } from './todo-lines.ts';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
  area: Area;
}

/** What is known of the selected task's session. Below the facts its rows stay empty: the live picture is painted there. */
export function SessionPanel(props: Props) {
  const { snapshot, view, theme, area } = props;
  const focused = view.focus === 'session';
  const task = selectedTask(snapshot, view);
  return (
    <Panel
      title={task === null ? 'Session' : `#${task.id} ${plainLine(task.title)}`}
      width={area.width}
      height={area.height}
      border={theme.look(focused ? 'border_focused' : 'border_unfocused')}
      titleLook={focused ? BOLD : {}}
      lines={linesOf(props)}
    />
  );
}

function linesOf({ snapshot, view, theme, keymap, area }: Props): Spans[] {
  const task = selectedTask(snapshot, view);
  const width = insideWidth(area.width);
  if (task === null) return emptyLines(snapshot, view, keymap);
  const facts = factsOf(snapshot, task, view.now);
  const rows = factRows(area);
  const lines = sessionLines(facts, { width, rows }, view.now, theme);
  if (view.typing !== null) return lines.slice(0, 1);
  const picture = pictureArea(area);
  if (picture === null) return lines;
  lines.push([span('─'.repeat(width), DIM)]);
  const note = pictureNote({ snapshot, view }, keymap);
  if (note === null) return lines;
  lines.push(...wrap(note, width, 4).map((line) => [span(line, DIM)]));
  // Where no picture is painted there is room for the list that has none beside the facts.
  const room = insideHeight(area) - lines.length - 1;
  const todos = listsTodos(width) ? [] : (facts.session?.todos ?? []);
  if (todos.length > 0 && room > 0) lines.push([], ...todoLines(todos, room, theme));
  return lines;
}

/** What stands here once there is something to select, and the key that leads to it. */
function emptyLines(snapshot: Snapshot, view: View, keymap: Keymap): Spans[] {
  const what = [span('What Claude does for a task is seen here.', DIM)];
  if (snapshot.projects.length === 0) {
    return [what, pressLine(keymap, 'add_project', 'to add a project first')];
  }
  if (view.filter.text !== '') {
    return [what, pressLine(keymap, 'clear_filter', 'to see all tasks again')];
  }
  const launch = keyOf(keymap, 'launch');
  const then = launch === null ? '' : `, then ${launch} to launch it`;
  return [what, pressLine(keymap, 'new', `to write a task${then}`)];
}

/** Why there is no picture of the pane; null when there is one. */
export function pictureNote(
  { snapshot, view }: Pick<Props, 'snapshot' | 'view'>,
  keymap: Keymap,
): string | null {
  const task = selectedTask(snapshot, view);
  if (task === null) return null;
  const session = snapshot.sessions.get(task.id);
  if (session === undefined) {
    if (task.status === 'done') return 'This task is done.';
    if (task.status === 'error')
      return `No session. ${pressTo(keymap, 'retry', 'to try it again')}`;
    if (task.status === 'draft') {
      const finish = pressTo(keymap, 'edit', 'to finish it');
      return `A draft. ${finish} ${pressTo(keymap, 'launch', 'to launch it as it is')}`;
    }
    return `No session. ${pressTo(keymap, 'launch', 'to launch it')}`;
  }
  if (session.pane === null) {
    return session.state === 'opening'
      ? 'The pane is being made.'
      : `The pane has ended. ${pressTo(keymap, 'launch', 'to resume its conversation')}`;
  }
  return view.pictureNote;
}
