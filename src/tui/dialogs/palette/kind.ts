import { performAction } from '#tui/actions.ts';
import type { Context } from '#tui/context.ts';
import type { PaletteDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import { editText, insertText } from '#tui/widgets/text-edit.ts';
import { foundCommands, type PaletteCommand } from './commands.ts';
import { PalettePanel } from './panel.tsx';

const MOST_REMEMBERED = 8;

export const PALETTE: DialogKind<PaletteDialog> = {
  context: 'palette',
  editsText: true,
  Panel: PalettePanel,
  press: pressInPalette,
  paste: (context, dialog, text) =>
    showDialog(context, {
      ...dialog,
      filter: insertText(dialog.filter, text.trim(), false),
      selected: 0,
    }),
};

function pressInPalette(
  context: Context,
  keymap: Keymap,
  dialog: PaletteDialog,
  press: Press,
): void {
  const { snapshot, view } = context.state.get();
  const found = foundCommands(keymap, snapshot, view, dialog.filter.text);
  const select = (place: number): void => {
    const selected = Math.max(0, Math.min(place, found.length - 1));
    showDialog(context, { ...dialog, selected });
  };
  switch (press.name) {
    case 'esc':
      showDialog(context, null);
      return;
    case 'up':
    case 'ctrl+p':
      select(dialog.selected - 1);
      return;
    case 'down':
    case 'ctrl+n':
      select(dialog.selected + 1);
      return;
    case 'enter':
      run(context, found[dialog.selected]);
      return;
    default: {
      const filter = editText(dialog.filter, press);
      if (filter !== null) showDialog(context, { ...dialog, filter, selected: 0 });
    }
  }
}

/** Does it, or says why not and stays open. */
function run(context: Context, command: PaletteCommand | undefined): void {
  if (command === undefined) return;
  const { action, refusal } = command;
  if (refusal !== undefined) {
    context.toasts.refuse(refusal);
    return;
  }
  context.state.update((view) => ({
    ...view,
    dialog: null,
    usedCommands: [action, ...view.usedCommands.filter((each) => each !== action)].slice(
      0,
      MOST_REMEMBERED,
    ),
  }));
  performAction(context, action);
}
