import type { TaskRow } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { EventRow } from '#domain/event.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import type { HistoryDialog } from '#tui/dialogs/dialog.ts';
import { openRead } from '#tui/dialogs/open-read.ts';

/** A story is short however many events it has; this many are read for it in a few milliseconds. */
const EVENTS_READ = 500;

/** Opens the details of the selected task, or of one that a dialog shows, which is shown again afterwards. */
export async function openDetails(
  context: Context,
  from?: { row: TaskRow; back: HistoryDialog },
): Promise<void> {
  let events: EventRow[] = [];
  await openRead(
    context,
    (_, task) => ({
      kind: 'details',
      taskId: task.id,
      task,
      events,
      top: 0,
      back: from?.back ?? null,
    }),
    async (id) => {
      const { taskEvents } = await context.operations();
      const output = await call(context.app, taskEvents, { task: id, limit: EVENTS_READ });
      if (!isRefusal(output)) events = output as EventRow[];
    },
    from,
  );
}
