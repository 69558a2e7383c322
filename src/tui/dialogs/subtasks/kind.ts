import type { Context } from '#tui/context.ts';
import type { SubtasksDialog } from '#tui/dialogs/dialog.ts';
import { type ItemList, pasteInItems, pressInItems } from '#tui/dialogs/item-list.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { SubtasksPanel } from './panel.tsx';
import { saveSubtasks } from './save.ts';

export const SUBTASKS: DialogKind<SubtasksDialog> = {
  context: 'subtasks',
  editsText: true,
  Panel: SubtasksPanel,
  press(context, _, dialog, press) {
    const list = pressInItems(dialog.list, press);
    if (list !== null) setItems(context, dialog, list);
    else if (press.name === 'esc') close(context, dialog);
  },
  paste: (context, dialog, text) => setItems(context, dialog, pasteInItems(dialog.list, text)),
};

/** What was typed but not added is added: leaving destroys nothing. */
function close(context: Context, dialog: SubtasksDialog): void {
  const typed = dialog.list.input.text.trim();
  if (typed !== '' && dialog.refusal === null) {
    const list = pressInItems(dialog.list, { name: 'enter', text: '' });
    if (list !== null) setItems(context, dialog, list);
  }
  showDialog(context, null);
}

function setItems(context: Context, dialog: SubtasksDialog, list: ItemList): void {
  if (list.items !== dialog.list.items && dialog.refusal !== null) {
    context.toasts.show(dialog.refusal, 'warning');
    return;
  }
  showDialog(context, { ...dialog, list });
  if (list.items !== dialog.list.items) {
    void saveSubtasks(context, dialog.taskId, dialog.list, list);
  }
}
