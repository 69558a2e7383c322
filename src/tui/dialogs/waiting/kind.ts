import type { Context } from '#tui/context.ts';
import type { ReasonDialog, WaitingDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { drawnTop } from '#tui/dialogs/scroll.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { type Press, singlePresses } from '#tui/keys/press.ts';
import { layoutOf } from '#tui/view.ts';
import { EMPTY_TEXT, editText, insertText } from '#tui/widgets/text-edit.ts';
import { choosePick, goThere, sayAlways, sayNo, sayYes } from './answer.ts';
import { ReasonPanel, WaitingPanel } from './panel.tsx';
import { NO_PICKS } from './picks.ts';
import { type WaitingRow, waitingRows, withSeen } from './rows.ts';

/** Whoever types more than this at once has not read the rows. */
const MOST_KEYS_AT_ONCE = 3;

/** Everything that needs a person, with what can be done about it without leaving the list. */
export const WAITING: DialogKind<WaitingDialog> = {
  context: 'waiting',
  editsText: false,
  Panel: WaitingPanel,
  press(context, keymap, _, press) {
    const presses = singlePresses(press);
    if (presses.length > MOST_KEYS_AT_ONCE) return;
    for (const single of presses) {
      const { dialog } = context.state.get().view;
      if (dialog?.kind === 'waiting') pressInList(context, keymap, dialog, single);
    }
  },
};

/** A no, for which a reason may be typed. */
export const REASON: DialogKind<ReasonDialog> = {
  context: 'reason',
  editsText: true,
  Panel: ReasonPanel,
  press(context, keymap, dialog, press) {
    const action = keymap.actionOf(['reason'], press.name);
    const input = action === null ? editText(dialog.input, press) : null;
    if (input !== null) showDialog(context, { ...dialog, input });
    if (action === null) return;
    showDialog(context, dialog.list);
    const row = seenRow(context, dialog.list);
    if (action === 'submit' && row !== undefined) sayNo(context, row, dialog.input.text);
  },
  paste: (context, dialog, text) =>
    showDialog(context, { ...dialog, input: insertText(dialog.input, text, false) }),
};

const rowsOf = ({ state }: Context, { rows }: WaitingDialog): readonly WaitingRow[] =>
  withSeen(waitingRows(state.get().snapshot), rows);

function seenRow(context: Context, dialog: WaitingDialog): WaitingRow | undefined {
  return rowsOf(context, dialog).find(({ key }) => key === dialog.selected);
}

function pressInList(context: Context, keymap: Keymap, dialog: WaitingDialog, press: Press): void {
  const action = keymap.actionOf(['waiting'], press.name);
  if (action === null) return;
  if (action === 'close') {
    showDialog(context, null);
    return;
  }
  // From here on every row keeps its place, whatever comes or goes.
  const rows = rowsOf(context, dialog);
  const shown = { ...dialog, rows, top: drawnTop(dialog) };
  const row = rows.find(({ key }) => key === dialog.selected);
  const moved = moveIn(shown, action, context);
  showDialog(context, moved);
  if (moved !== shown || row === undefined) return;
  if (action === 'answer_yes') sayYes(context, shown, row);
  else if (action === 'answer_always') sayAlways(context, row);
  else if (action === 'answer_no') startNo(context, shown, row);
  else if (action === 'pick') choosePick(context, shown, row, Number(press.name));
  else if (action === 'go') goThere(context, row);
  else if (action === 'next_row') context.toasts.show('Nothing else needs you right now.', 'good');
}

/** The list after a key that moves in it; the same when the key does something else. */
function moveIn(dialog: WaitingDialog, action: ActionId, { state }: Context): WaitingDialog {
  const { rows, selected } = dialog;
  const at = rows.findIndex(({ key }) => key === selected);
  const to = (row: WaitingRow | undefined): WaitingDialog =>
    row === undefined || row.key === selected
      ? dialog
      : { ...dialog, selected: row.key, top: 0, picks: NO_PICKS };
  const page = Math.max(1, Math.floor((layoutOf(state.get().view)?.stage.height ?? 12) / 2) - 2);
  switch (action) {
    case 'row_up':
      return to(rows[Math.max(0, at - 1)]);
    case 'row_down':
      return to(rows[Math.min(rows.length - 1, at + 1)]);
    case 'next_row':
      return to([...rows.slice(at + 1), ...rows.slice(0, at)].find(({ over }) => !over));
    case 'scroll_page_up':
      return { ...dialog, top: Math.max(0, dialog.top - page) };
    case 'scroll_page_down':
      return { ...dialog, top: dialog.top + page };
    default:
      return dialog;
  }
}

function startNo(context: Context, list: WaitingDialog, row: WaitingRow): void {
  if (row.requests.length > 0 && row.yes !== null) {
    showDialog(context, { kind: 'reason', list, input: EMPTY_TEXT });
  } else context.toasts.show('There is nothing to say no to; Enter goes there.', 'warning');
}
