import { isRefusal } from '#domain/error.ts';
import type { EventRow } from '#domain/event.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { openRead } from '#tui/dialogs/open-read.ts';

const EVENTS_SHOWN = 50;

export async function openDetails(context: Context): Promise<void> {
  let events: EventRow[] = [];
  await openRead(
    context,
    (_, task) => ({ kind: 'details', taskId: task.id, task, events, top: 0 }),
    async (id) => {
      const { taskEvents } = await context.operations();
      const output = await call(context.app, taskEvents, { task: id, limit: EVENTS_SHOWN });
      if (!isRefusal(output)) events = output as EventRow[];
    },
  );
}
