import { inSentences, type Refusal } from '#domain/error.ts';
import { type Comment, type CommentPlace, formatPlace } from '#domain/review/comment.ts';
import { plainLine } from '#format/text.ts';
import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { type CommentDialog, isWritten } from './comment.ts';
import { perform, updateReader } from './open.ts';
import {
  currentFile,
  currentItem,
  type DiffDialog,
  drafts,
  isViewed,
  moveToKind,
  remade,
  setFolded,
} from './reader.ts';

/** Marks the file at the cursor as viewed, folds it and goes on to the next one; a viewed one is to be viewed again. */
export async function toggleViewed(context: Context, reader: DiffDialog): Promise<void> {
  const file = currentFile(reader);
  if (file === undefined) return;
  const undo = isViewed(reader.reading, file);
  const { taskId } = reader;
  // Shown at once; the mark is taken back when it could not be kept.
  const mark = (hash: string | undefined, fold: boolean) =>
    updateReader(context, taskId, (now) => {
      const { [file.path]: _, ...others } = now.reading.viewed;
      const viewed = hash === undefined ? others : { ...others, [file.path]: hash };
      return setFolded({ ...now, reading: { ...now.reading, viewed } }, file, fold);
    });
  const before = reader.reading.viewed[file.path];
  mark(undo ? undefined : file.hash, !undo);
  if (!undo) updateReader(context, taskId, (now) => moveToKind(now, ['file', 'gone'], 1));
  const input = { task: taskId, file: file.path, undo, hash: file.hash };
  const kept = await perform(context, 'keeping the mark …', 'viewFile', input);
  if (kept === null) mark(before, before === file.hash);
}

/** Keeps what was written as a draft and goes back to the reader; what is refused stays open with the reason. */
export async function keepComment(context: Context, dialog: CommentDialog): Promise<void> {
  const { reader, target, input } = dialog;
  if (!isWritten(dialog)) {
    showDialog(context, { ...reader, anchor: null });
    return;
  }
  const onRefusal = (refusal: Refusal): void =>
    showDialog(context, { ...dialog, refusal: inSentences(refusal) });
  const text = input.text;
  const kept =
    target.kind === 'draft'
      ? await perform<Comment>(
          context,
          'keeping the comment …',
          'editComment',
          { comment: target.comment.id, text },
          onRefusal,
        )
      : await perform<Comment>(
          context,
          'keeping the comment …',
          'addComment',
          { ...placeInput(target), task: reader.taskId, text },
          onRefusal,
        );
  if (kept === null) return;
  updateReader(context, reader.taskId, (now) => withComment(now, kept));
  context.state.update((view) =>
    view.dialog?.kind === 'comment' && view.dialog.reader.taskId === reader.taskId
      ? { ...view, dialog: view.dialog.reader }
      : view,
  );
}

function placeInput(place: CommentPlace & { quote: string }) {
  return { place: formatPlace(place), old: place.side === 'old', quote: place.quote };
}

function withComment(reader: DiffDialog, comment: Comment): DiffDialog {
  const others = reader.reading.comments.filter(({ id }) => id !== comment.id);
  const comments = [...others, comment].sort((one, other) => one.id - other.id);
  return remade(reader, { reading: { ...reader.reading, comments } });
}

/** Deletes the draft at the cursor; it can be brought back until the reader is closed. */
export async function deleteComment(context: Context, reader: DiffDialog): Promise<void> {
  const item = currentItem(reader);
  if (item?.kind !== 'comment') {
    context.toasts.show('Move to a comment to delete it.', 'warning');
    return;
  }
  const input = { comment: item.comment.id };
  const gone = await perform<Comment>(context, 'deleting the comment …', 'removeComment', input);
  if (gone === null) return;
  updateReader(context, reader.taskId, (now) => {
    const comments = now.reading.comments.filter(({ id }) => id !== gone.id);
    return { ...remade(now, { reading: { ...now.reading, comments } }), removed: gone };
  });
  context.toasts.show(`Deleted: ${plainLine(gone.text)}; u brings it back.`, 'good');
}

/** Brings back the draft that was deleted last. */
export async function bringBack(context: Context, reader: DiffDialog): Promise<void> {
  const { removed, taskId } = reader;
  if (removed === null) {
    context.toasts.show('No comment was deleted here.', 'warning');
    return;
  }
  updateReader(context, taskId, (now) => ({ ...now, removed: null }));
  const input = { ...placeInput(removed), task: taskId, text: removed.text };
  const back = await perform<Comment>(context, 'bringing it back …', 'addComment', input);
  updateReader(context, taskId, (now) =>
    back === null ? { ...now, removed } : withComment(now, back),
  );
}

/** Sends all drafts to Claude; those that it took are shown as sent. */
export async function sendDrafts(context: Context, reader: DiffDialog): Promise<void> {
  if (drafts(reader).length === 0) {
    context.toasts.show('There is no draft to send; c writes one.', 'warning');
    return;
  }
  const { taskId } = reader;
  const sent = await context.busy.run(`sending the comments of #${taskId} …`, () =>
    perform<{ comments: number[] }>(context, 'waiting for Claude …', 'sendComments', {
      task: taskId,
    }),
  );
  if (sent === null || sent === undefined) return;
  const { comments: ids } = sent;
  const sentAt = context.app.clock.iso();
  updateReader(context, taskId, (now) => {
    const comments = now.reading.comments.map((comment) =>
      ids.includes(comment.id) ? { ...comment, sentAt } : comment,
    );
    return remade(now, { reading: { ...now.reading, comments } });
  });
  const count = ids.length === 1 ? 'the comment' : `${ids.length} comments`;
  context.toasts.show(`Claude took ${count}.`, 'good');
  context.refresh();
}
