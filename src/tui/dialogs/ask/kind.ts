import { inSentences, isRefusal } from '#domain/error.ts';
import type { Context } from '#tui/context.ts';
import type { AskDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { Press } from '#tui/keys/press.ts';
import { OPERATION_ACTIONS } from '#tui/operation-actions.ts';
import { runOperation } from '#tui/run-operation.ts';
import { layoutOf } from '#tui/view.ts';
import { editText, insertText } from '#tui/widgets/text-edit.ts';
import { moveByRows } from '#tui/widgets/text-layout.ts';
import { AskPanel } from './panel.tsx';

export const ASK: DialogKind<AskDialog> = {
  context: 'ask',
  editsText: true,
  below: true,
  Panel: AskPanel,
  press: pressInAsk,
  hint: (dialog, binding) => (binding.action !== 'line' || dialog.multiline ? binding : null),
  paste: (context, dialog, text) =>
    showDialog(context, {
      ...dialog,
      refusal: null,
      text: insertText(dialog.text, dialog.multiline ? text : text.trim(), dialog.multiline),
    }),
};

function pressInAsk(context: Context, _: unknown, dialog: AskDialog, press: Press): void {
  const { multiline } = dialog;
  switch (press.name) {
    case 'esc':
      showDialog(context, null);
      return;
    case 'enter':
      void answer(context, dialog);
      return;
    case 'alt+enter':
    case 'ctrl+j': {
      if (!multiline) return;
      showDialog(context, { ...dialog, text: insertText(dialog.text, '\n', true) });
      return;
    }
    case 'up':
    case 'down': {
      const width = (layoutOf(context.state.get().view)?.question.width ?? 80) - 4;
      const text = moveByRows(dialog.text, press.name === 'up' ? -1 : 1, width);
      if (text !== null) showDialog(context, { ...dialog, text });
      return;
    }
    default: {
      const text = editText(dialog.text, press, multiline);
      if (text !== null) showDialog(context, { ...dialog, text, refusal: null });
    }
  }
}

/** Runs the action with what was typed. What is refused keeps the line, with the reason. */
async function answer(context: Context, dialog: AskDialog): Promise<void> {
  const ask = OPERATION_ACTIONS[dialog.action]?.ask;
  if (ask === undefined) return;
  const input = ask.input(dialog.taskId, dialog.text.text);
  const refusal = isRefusal(input) ? input : await runOperation(context, dialog.action, input);
  if (refusal === undefined) return;
  const { dialog: now } = context.state.get().view;
  if (now === dialog) {
    showDialog(context, refusal === null ? null : { ...dialog, refusal: inSentences(refusal) });
  } else if (refusal !== null) {
    // Whoever closed it meanwhile, or typed on, is told all the same.
    context.toasts.refuse(refusal);
  }
}
