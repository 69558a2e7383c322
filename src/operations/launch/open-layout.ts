import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { type PaneLayout, stepsTo } from '#domain/panes/layout.ts';
import type { Session } from '#domain/session.ts';

/**
 * Opens the shells of a layout around Claude's pane, which keeps the focus. A launch does not fail for a shell: what cannot be opened is
 * logged, and what belongs inside of it is left out.
 */
export async function openLayout(
  { tmux, log }: Pick<App, 'tmux' | 'log'>,
  session: Session,
  layout: PaneLayout,
  shell: readonly [string, string],
): Promise<void> {
  const panes: (string | null)[] = [session.pane];
  for (const { of, side, percent } of stepsTo(layout)) {
    const pane = panes[of] ?? null;
    const opened =
      pane === null
        ? null
        : await tmux
            .openShell({
              ...{ of: pane, side, percent, focus: false },
              ...{ cwd: session.worktree, argv: shell },
            })
            .catch((error: unknown) => error);
    if (opened === null || opened instanceof Error || isRefusal(opened)) {
      if (opened !== null) log.error('A pane of [layout] could not be opened.', opened);
      panes.push(null);
    } else panes.push((opened as { pane: string }).pane);
  }
}
