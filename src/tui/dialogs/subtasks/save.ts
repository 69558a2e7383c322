import { isRefusal } from '#domain/error.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import type { ItemList } from '#tui/dialogs/item-list.ts';

/** Saves the subtasks of a task; when that is refused the panel shows what there is, and the typed words stay. */
export async function saveSubtasks(
  context: Context,
  taskId: number,
  before: ItemList,
  after: ItemList,
): Promise<void> {
  const { app, busy, operations, state, toasts } = context;
  const back = (): void =>
    state.update((view) =>
      view.dialog?.kind === 'subtasks' && view.dialog.taskId === taskId
        ? { ...view, dialog: { ...view.dialog, list: before } }
        : view,
    );
  try {
    await busy.runAgain('saving subtasks …', async () => {
      const subtask = after.items.map(({ text }) => text);
      const output = await call(app, (await operations()).editTask, { task: taskId, subtask });
      if (!isRefusal(output)) return;
      back();
      toasts.refuse(output);
    });
  } catch (error) {
    back();
    toasts.fail(error);
  }
  context.refresh();
}
