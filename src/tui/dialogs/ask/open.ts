import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { OPERATION_ACTIONS } from '#tui/operation-actions.ts';
import { selectedTask } from '#tui/view.ts';
import { textState } from '#tui/widgets/text-edit.ts';

/** Asks for what an action needs to know, about the selected task. */
export function openAsk(context: Context, action: ActionId): void {
  const { snapshot, view } = context.state.get();
  const row = selectedTask(snapshot, view);
  const ask = OPERATION_ACTIONS[action]?.ask;
  if (row === null || ask === undefined) return;
  showDialog(context, {
    kind: 'ask',
    action,
    taskId: row.id,
    title: `${ask.title} (#${row.id})`,
    about: ask.about,
    multiline: ask.multiline === true,
    text: textState(ask.initial?.(row) ?? ''),
    refusal: null,
  });
}
