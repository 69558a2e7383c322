import type { Snapshot } from '#app.ts';
import type { Project } from '#domain/project.ts';
import type { TaskStatus } from '#domain/task.ts';
import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { attentionOf } from '#tui/attention.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { type Area, insideHeight } from '#tui/layout.ts';
import { countsOf } from '#tui/queue.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import type { View } from '#tui/view.ts';
import { type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { pressLine } from '#tui/widgets/press-line.ts';

/** Done tasks are counted nowhere: they ask for nothing. */
const COUNTED: readonly TaskStatus[] = [
  'working',
  'interrupted',
  'in_review',
  'conflict',
  'ci_failed',
  'error',
  'pending',
  'draft',
];

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
  area: Area;
}

export function ProjectsPanel({ snapshot, view, theme, keymap, area }: Props) {
  const focused = view.focus === 'projects';
  const height = insideHeight(area);
  const width = insideWidth(area.width);
  const { projects } = snapshot;
  const shown = projects.slice(view.projectTop, view.projectTop + height);
  const lines =
    projects.length === 0
      ? [[span('No projects yet.', DIM)], pressLine(keymap, 'add_project', 'to add one')]
      : shown.map((project) =>
          projectLine(project, {
            snapshot,
            theme,
            width,
            focused,
            selected: project.id === view.projectId,
          }),
        );
  return (
    <Panel
      title="Projects"
      note={projects.length > height ? `${view.projectPlace + 1}/${projects.length}` : ''}
      width={area.width}
      height={area.height}
      border={theme.look(focused ? 'border_focused' : 'border_unfocused')}
      titleLook={focused ? BOLD : {}}
      lines={lines}
    />
  );
}

function projectLine(
  project: Project,
  at: { snapshot: Snapshot; theme: Theme; width: number; focused: boolean; selected: boolean },
): Spans {
  const { snapshot, theme, width, focused, selected } = at;
  const counts = countsOf(snapshot, project.id);
  const marks: Span[] = [];
  if ((attentionOf(snapshot).get(project.id) ?? 0) > 0) {
    marks.push(span(` ${GLYPHS.needsYou}`, theme.look('accent_secondary')));
  }
  if (project.queue === 'paused') marks.push(span(` ${GLYPHS.paused}`, theme.look('warning')));
  for (const status of COUNTED) {
    const count = counts[status] ?? 0;
    if (count > 0) marks.push(span(` ${statusSign(status).symbol}${count}`, theme.status(status)));
  }
  const marker = span(
    selected ? `${GLYPHS.selected} ` : '  ',
    focused ? theme.look('selection_indicator') : DIM,
  );
  const name = span(plainLine(project.name), selected ? BOLD : {});
  return spread([marker, name], fitting(marks, width - 12), width);
}

/** As many counts as leave room for the name. */
function fitting(marks: readonly Span[], width: number): Span[] {
  let used = 0;
  return marks.filter(({ text }) => {
    used += text.length;
    return used <= width;
  });
}
