import type { TaskRow } from '#app.ts';
import type { Context } from '#tui/context.ts';
import { openDetails } from '#tui/dialogs/details/open.ts';
import type { HistoryDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import { insideHeight } from '#tui/layout.ts';
import { OPERATION_ACTIONS } from '#tui/operation-actions.ts';
import { doneOf } from '#tui/queue.ts';
import { runOperation } from '#tui/run-operation.ts';
import { layoutOf } from '#tui/view.ts';
import { windowTop } from '#tui/widgets/list-window.ts';
import { EMPTY_TEXT, editText, insertText } from '#tui/widgets/text-edit.ts';
import { HistoryPanel, LIST_ROWS_LESS } from './panel.tsx';

export const HISTORY: DialogKind<HistoryDialog> = {
  context: ({ filtering }) => (filtering ? 'filter' : 'history'),
  editsText: ({ filtering }) => filtering,
  isRead: true,
  Panel: HistoryPanel,
  press(context, keymap, dialog, press) {
    if (dialog.filtering) pressInFilter(context, keymap, dialog, press);
    else pressInList(context, keymap, dialog, press);
  },
  paste(context, dialog, text) {
    if (!dialog.filtering) return;
    show(context, { ...dialog, filter: insertText(dialog.filter, text.trim(), false), place: 0 });
  },
};

function pressInList(context: Context, keymap: Keymap, dialog: HistoryDialog, press: Press): void {
  const action = keymap.actionOf(['history'], press.name);
  if (action === null) return;
  const to = PLACES[action]?.(dialog, pageOf(context));
  if (to !== undefined) show(context, { ...dialog, place: to });
  else if (action === 'close') close(context, dialog);
  else if (action === 'filter') show(context, { ...dialog, filtering: true });
  else onTask(context, dialog, action);
}

const PLACES: Partial<Record<ActionId, (dialog: HistoryDialog, page: number) => number>> = {
  scroll_up: ({ place }) => place - 1,
  scroll_down: ({ place }) => place + 1,
  scroll_page_up: ({ place }, page) => place - page,
  scroll_page_down: ({ place }, page) => place + page,
  scroll_top: () => 0,
  scroll_bottom: () => Number.MAX_SAFE_INTEGER,
};

/** One level back: first the filter goes, then the history. */
function close(context: Context, dialog: HistoryDialog): void {
  if (dialog.filter.text === '') showDialog(context, null);
  else show(context, { ...dialog, filter: EMPTY_TEXT, place: 0 });
}

function onTask(context: Context, dialog: HistoryDialog, action: ActionId): void {
  const row = rowsOf(context, dialog)[dialog.place];
  if (row === undefined) return;
  if (action === 'item') void openDetails(context, { row, back: dialog });
  else {
    const input = OPERATION_ACTIONS[action]?.input(row.id, row);
    if (input !== undefined) void runOperation(context, action, input);
  }
}

function pressInFilter(
  context: Context,
  keymap: Keymap,
  dialog: HistoryDialog,
  press: Press,
): void {
  const action = keymap.actionOf(['filter'], press.name);
  if (action === 'keep_filter') show(context, { ...dialog, filtering: false });
  else if (action === 'clear_filter') {
    show(context, { ...dialog, filtering: false, filter: EMPTY_TEXT, place: 0 });
  } else {
    const filter = editText(dialog.filter, press);
    if (filter !== null) show(context, { ...dialog, filter, place: 0 });
  }
}

function rowsOf({ state }: Context, { projectId, filter }: HistoryDialog): readonly TaskRow[] {
  return doneOf(state.get().snapshot, projectId, filter.text);
}

function heightOf({ state }: Context): number {
  const stage = layoutOf(state.get().view)?.stage ?? null;
  return Math.max(1, insideHeight(stage) - LIST_ROWS_LESS);
}

const pageOf = (context: Context): number => Math.max(1, Math.floor(heightOf(context) / 2));

/** Shows it with the selection inside the list, and the window around the selection. */
function show(context: Context, dialog: HistoryDialog): void {
  const count = rowsOf(context, dialog).length;
  const place = Math.max(0, Math.min(dialog.place, count - 1));
  const top = windowTop(dialog.top, place, count, heightOf(context));
  showDialog(context, { ...dialog, place, top });
}
