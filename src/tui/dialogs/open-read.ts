import type { TaskRow } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { TaskView } from '#domain/task-view.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { selectedTask } from '#tui/view.ts';
import type { Dialog } from './dialog.ts';

/** Reads the whole selected task, or the one that a dialog shows, then opens what is made of it, unless the person went elsewhere meanwhile. */
export async function openRead(
  { app, busy, operations, state, toasts }: Context,
  create: (row: TaskRow, task: TaskView) => Dialog,
  also?: (id: number) => Promise<void>,
  from?: { row: TaskRow; back: Dialog },
): Promise<void> {
  const { snapshot, view } = state.get();
  const row = from?.row ?? selectedTask(snapshot, view);
  if (row === null) return;
  try {
    await busy.run(`reading #${row.id} …`, async () => {
      const output = await call(app, (await operations()).showTask, { task: row.id });
      if (isRefusal(output)) {
        toasts.refuse(output);
        return;
      }
      await also?.(row.id);
      state.update((now) =>
        now.dialog === (from?.back ?? null) && (from !== undefined || now.taskId === row.id)
          ? { ...now, dialog: create(row, output as TaskView) }
          : now,
      );
    });
  } catch (error) {
    toasts.fail(error);
  }
}
