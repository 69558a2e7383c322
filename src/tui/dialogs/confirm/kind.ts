import type { ConfirmDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { runOperation } from '#tui/run-operation.ts';
import { ConfirmPanel, hasRoom } from './panel.tsx';

export const CONFIRM: DialogKind<ConfirmDialog> = {
  context: 'confirm',
  editsText: false,
  // What a person agrees to is read to its end first.
  below: hasRoom,
  Panel: ConfirmPanel,
  press(context, keymap, dialog, press) {
    // A run of text is no key: whoever types on into a question has not read it.
    const action = keymap.actionOf(['confirm'], press.name);
    if (action === null) return;
    showDialog(context, null);
    if (action === 'yes') void runOperation(context, dialog.action, dialog.input);
  },
};
