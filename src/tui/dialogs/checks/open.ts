import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { selectedTask } from '#tui/view.ts';

/** Opens the checks of the selected task, as they were read last. */
export function openChecks(context: Context): void {
  const { snapshot, view } = context.state.get();
  const row = selectedTask(snapshot, view);
  if (row === null) return;
  showDialog(context, { kind: 'checks', taskId: row.id, selected: null, top: 0 });
}
