import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { EMPTY_TEXT } from '#tui/widgets/text-edit.ts';

/** Opens the history of the selected project. */
export function openHistory(context: Context): void {
  const { projectId } = context.state.get().view;
  if (projectId === null) return;
  const start = { place: 0, top: 0, filter: EMPTY_TEXT, filtering: false };
  showDialog(context, { kind: 'history', projectId, ...start });
}
