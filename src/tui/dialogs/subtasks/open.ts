import { whyNotEdit } from '#domain/task.ts';
import type { Context } from '#tui/context.ts';
import { itemList } from '#tui/dialogs/item-list.ts';
import { openRead } from '#tui/dialogs/open-read.ts';

export function openSubtasks(context: Context): Promise<void> {
  return openRead(context, (row, task) => ({
    kind: 'subtasks',
    taskId: task.id,
    list: itemList(task.subtasks),
    refusal: whyNotEdit(row)?.reason ?? null,
  }));
}
