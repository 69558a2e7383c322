import type { Context } from '#tui/context.ts';
import type { HelpDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { scroll } from '#tui/dialogs/scroll.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import { EMPTY_TEXT, editText, insertText } from '#tui/widgets/text-edit.ts';
import { HelpPanel } from './panel.tsx';

export const HELP: DialogKind<HelpDialog> = {
  context: 'help',
  editsText: false,
  Panel: HelpPanel,
  press: pressInHelp,
  paste: (context, dialog, text) =>
    showDialog(context, { ...dialog, filter: insertText(dialog.filter, text, false), top: 0 }),
};

function pressInHelp(context: Context, keymap: Keymap, dialog: HelpDialog, press: Press): void {
  const empty = dialog.filter.text === '';
  const action = keymap.actionOf(['help'], press.name);
  const again =
    press.name === '?' ||
    (press.text === '' && keymap.actionOf(['everywhere'], press.name) === 'help');
  if (again || (press.name === 'q' && empty) || action === 'close') {
    const left = again || empty ? dialog.back : { ...dialog, filter: EMPTY_TEXT, top: 0 };
    showDialog(context, left);
    return;
  }
  if (action !== null) {
    scroll(context, dialog, action);
    return;
  }
  const filter = editText(dialog.filter, press);
  if (filter !== null) showDialog(context, { ...dialog, filter, top: 0 });
}
