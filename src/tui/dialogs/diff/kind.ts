import type { Context } from '#tui/context.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import { openEditor } from '#tui/terminal/own-program.ts';
import { layoutOf } from '#tui/view.ts';
import { insideWidth } from '#tui/widgets/panel.tsx';
import { editText, insertText } from '#tui/widgets/text-edit.ts';
import { moveByRows } from '#tui/widgets/text-layout.ts';
import { type CommentDialog, rewriteComment, writeComment } from './comment.ts';
import { readAgain } from './open.ts';
import { CommentPanel, DiffPanel, layOutReader, SearchPanel } from './panel.tsx';
import {
  currentItem,
  type DiffDialog,
  editorPlace,
  moveTo,
  moveToKind,
  toggleFold,
} from './reader.ts';
import { topOf } from './rows.ts';
import { bringBack, deleteComment, keepComment, sendDrafts, toggleViewed } from './save.ts';
import { findNext } from './search.ts';
import { beginSearch, type SearchDialog, searchFor } from './search-dialog.ts';

const FAR = Number.MAX_SAFE_INTEGER;

export const DIFF: DialogKind<DiffDialog> = {
  context: 'diff',
  editsText: false,
  isRead: true,
  whole: true,
  Panel: DiffPanel,
  press: pressInReader,
};

export const COMMENT: DialogKind<CommentDialog> = {
  context: 'comment',
  editsText: true,
  whole: true,
  Panel: CommentPanel,
  press: pressInComment,
  paste: (context, dialog, text) =>
    showDialog(context, { ...dialog, input: insertText(dialog.input, text, true) }),
};

export const SEARCH: DialogKind<SearchDialog> = {
  context: 'search',
  editsText: true,
  whole: true,
  Panel: SearchPanel,
  press: pressInSearch,
  paste: (context, dialog, text) =>
    showDialog(context, searchFor(dialog, insertText(dialog.input, text.trim(), false))),
};

function pressInReader(context: Context, keymap: Keymap, reader: DiffDialog, press: Press): void {
  const action = keymap.actionOf(['diff'], press.name);
  if (action === null) return;
  const move = MOVES[action];
  if (move !== undefined) show(context, move(reader, pageOf(context, reader)));
  else ACTIONS[action]?.(context, reader);
}

/** Shows the reader with its window brought to the cursor. */
function show(context: Context, reader: DiffDialog): void {
  const room = roomOf(context, reader);
  showDialog(context, { ...reader, top: topOf(reader, room.width, room.height) });
}

function roomOf({ state }: Pick<Context, 'state'>, reader: DiffDialog) {
  const area = layoutOf(state.get().view)?.whole ?? { x: 0, y: 0, width: 80, height: 21 };
  return layOutReader(area, reader.reading.files.length, 0);
}

/** Half of what is seen at once. */
function pageOf(context: Context, reader: DiffDialog): number {
  return Math.max(1, Math.floor(roomOf(context, reader).height / 2));
}

type Move = (reader: DiffDialog, page: number) => DiffDialog;

/** A file begins in the first row, as far as there is enough below it. */
const atTop = (reader: DiffDialog): DiffDialog => ({ ...reader, top: reader.at });

/** What was jumped to stands in the upper half, with what is around it. */
const withRoom = (reader: DiffDialog, page: number): DiffDialog => {
  const { at, top } = reader;
  return { ...reader, top: Math.max(Math.min(top, at - 2), at - page, 0) };
};

/** Keys that change nothing but what the person sees. */
const MOVES: Partial<Record<ActionId, Move>> = {
  scroll_up: (reader) => moveTo(reader, reader.at - 1),
  scroll_down: (reader) => moveTo(reader, reader.at + 1),
  scroll_page_up: (reader, page) => moveTo(reader, reader.at - page),
  scroll_page_down: (reader, page) => moveTo(reader, reader.at + page),
  scroll_top: (reader) => moveTo(reader, 0),
  scroll_bottom: (reader) => moveTo(reader, FAR),
  next_hunk: (reader, page) => withRoom(moveToKind(reader, ['hunk'], 1), page),
  previous_hunk: (reader, page) => withRoom(moveToKind(reader, ['hunk'], -1), page),
  next_file: (reader) => atTop(moveToKind(reader, ['file', 'gone'], 1)),
  previous_file: (reader) => atTop(moveToKind(reader, ['file', 'gone'], -1)),
  fold: toggleFold,
  wrap: (reader) => ({ ...reader, wrap: !reader.wrap }),
};

const ACTIONS: Partial<Record<ActionId, (context: Context, reader: DiffDialog) => void>> = {
  close: (context, reader) =>
    showDialog(context, reader.anchor === null ? null : { ...reader, anchor: null }),
  select_range: selectRange,
  add_comment: (context, reader) => openText(context, writeComment(reader)),
  edit_comment: (context, reader) => openText(context, rewriteComment(reader)),
  remove_comment: (context, reader) => void deleteComment(context, reader),
  restore_comment: (context, reader) => void bringBack(context, reader),
  send_comments: (context, reader) => void sendDrafts(context, reader),
  view_file: (context, reader) => void toggleViewed(context, reader),
  read_again: (context, { taskId }) => void readAgain(context, taskId),
  search: (context, reader) => showDialog(context, beginSearch(reader)),
  next_match: (context, reader) => findAgain(context, reader, 1),
  previous_match: (context, reader) => findAgain(context, reader, -1),
  open_editor: (context, reader) => void editAt(context, reader),
};

function openText(context: Context, dialog: CommentDialog | string): void {
  if (typeof dialog === 'string') context.toasts.show(dialog, 'warning');
  else showDialog(context, dialog);
}

function selectRange(context: Context, reader: DiffDialog): void {
  if (reader.anchor !== null) showDialog(context, { ...reader, anchor: null });
  else if (currentItem(reader)?.kind === 'line')
    showDialog(context, { ...reader, anchor: reader.at });
  else context.toasts.show('Move to a line to begin a range there.', 'warning');
}

function findAgain(context: Context, reader: DiffDialog, by: 1 | -1): void {
  if (reader.search === '') {
    context.toasts.show('Nothing was searched for yet; / begins.', 'warning');
    return;
  }
  const found = findNext(reader, reader.search, reader.at + by, by);
  if (found !== null) show(context, withRoom(found, pageOf(context, found)));
  else context.toasts.show(`"${reader.search}" is not in this diff.`, 'warning');
}

async function editAt(context: Context, reader: DiffDialog): Promise<void> {
  const place = editorPlace(reader);
  const { taskId } = reader;
  await openEditor(context, { task: taskId, ...(place === null ? {} : { place }) });
  await readAgain(context, taskId);
}

function pressInComment(
  context: Context,
  keymap: Keymap,
  dialog: CommentDialog,
  press: Press,
): void {
  const action = keymap.actionOf(['comment'], press.name);
  if (action === 'submit' || action === 'leave') {
    void leaveComment(context, dialog, action === 'leave');
    return;
  }
  if (action === 'line') {
    showDialog(context, { ...dialog, input: insertText(dialog.input, '\n', true) });
    return;
  }
  const by = press.name === 'up' ? -1 : press.name === 'down' ? 1 : 0;
  const width = insideWidth(layoutOf(context.state.get().view)?.whole.width ?? 80);
  const input =
    by === 0 ? editText(dialog.input, press, true) : moveByRows(dialog.input, by, width);
  if (input !== null) showDialog(context, { ...dialog, input });
}

/** Esc never destroys: what was written is kept as the draft that it is. What was refused before is left behind on the second Esc. */
async function leaveComment(
  context: Context,
  dialog: CommentDialog,
  leaves: boolean,
): Promise<void> {
  if (leaves && dialog.refusal !== null) showDialog(context, dialog.reader);
  else await keepComment(context, dialog);
}

function pressInSearch(context: Context, keymap: Keymap, dialog: SearchDialog, press: Press): void {
  const action = keymap.actionOf(['search'], press.name);
  if (action === 'keep_search') show(context, dialog.reader);
  else if (action === 'close') showDialog(context, dialog.before);
  else {
    const input = editText(dialog.input, press);
    if (input === null) return;
    const next = searchFor(dialog, input);
    const reader = withRoom(next.reader, pageOf(context, next.reader));
    const { width, height } = roomOf(context, reader);
    showDialog(context, { ...next, reader: { ...reader, top: topOf(reader, width, height - 1) } });
  }
}
