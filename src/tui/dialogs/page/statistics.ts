import type { Context } from '#tui/context.ts';
import { statisticsLines, statisticsOf } from '#tui/panels/statistics-panel.tsx';
import { usageLines } from '#tui/panels/usage-panel.tsx';
import { PLAIN_THEME } from '#tui/theme.ts';
import { selectedProject } from '#tui/view.ts';

/** The page is as wide as its rows need. */
const WIDTH = 60;

/** Opens statistics and usage as a page: smaller screens have no room for their panels. */
export function openStatistics({ state }: Pick<Context, 'state'>): void {
  state.update((view, snapshot) => {
    const project = selectedProject(snapshot, view);
    if (project === null) return view;
    const found = statisticsOf(snapshot, project.id, view.now);
    const usage = usageLines(snapshot, 36, view.now, PLAIN_THEME);
    const text = [...statisticsLines(found, WIDTH), [], ...usage]
      .map((spans) => spans.map((each) => each.text).join(''))
      .join('\n');
    const title = `Statistics of ${project.name}`;
    return { ...view, dialog: { kind: 'page', title, text, top: 0 } };
  });
}
