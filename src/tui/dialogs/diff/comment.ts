import { type Comment, type CommentPlace, formatPlace } from '#domain/review/comment.ts';
import type { DiffLine } from '#domain/review/diff.ts';
import { codeLine } from '#format/code-line.ts';
import { EMPTY_TEXT, type TextState, textState } from '#tui/widgets/text-edit.ts';
import { lineOf } from './items.ts';
import { currentItem, type DiffDialog, moveTo, selectedPlace } from './reader.ts';

/** What is written about: new words on lines, or other words of a draft. */
export type CommentTarget =
  | (CommentPlace & { readonly kind: 'new'; readonly quote: string })
  | { readonly kind: 'draft'; readonly comment: Comment };

/** A comment being written below the reader. */
export interface CommentDialog {
  readonly kind: 'comment';
  readonly reader: DiffDialog;
  readonly target: CommentTarget;
  readonly input: TextState;
  /** Why it was not kept the last time. */
  readonly refusal: string | null;
}

/** Begins a comment on the selected lines, or goes on with the draft at the cursor; a sentence when there is nothing to write about. */
export function writeComment(reader: DiffDialog): CommentDialog | string {
  const item = currentItem(reader);
  if (item?.kind === 'comment' && reader.anchor === null) return rewriteComment(reader);
  const on = toCommentable(reader);
  const place = selectedPlace(on);
  if (place === null) return 'Move to a line to comment on it; V and the arrows choose several.';
  const target = { kind: 'new' as const, ...place };
  return { kind: 'comment', reader: on, target, input: EMPTY_TEXT, refusal: null };
}

/** From the head of a file or a hunk to the line below it that one would comment on: the first new one, else the first that went. */
function toCommentable(reader: DiffDialog): DiffDialog {
  const { items, reading, at } = reader;
  const head = currentItem(reader);
  if (head === undefined || head.kind === 'line' || head.kind === 'comment') return reader;
  const find = (kind: DiffLine['kind']) =>
    items.findIndex((item, place) => {
      const isBelow = place > at && item.kind === 'line' && item.file === head.file;
      if (!isBelow || (head.kind === 'hunk' && item.hunk !== head.hunk)) return false;
      return lineOf(reading, item)?.kind === kind;
    });
  const places = [find('added'), find('deleted')];
  return moveTo(reader, places.find((place) => place !== -1) ?? at);
}

/** Opens the draft at the cursor; a sentence when there is none. */
export function rewriteComment(reader: DiffDialog): CommentDialog | string {
  const item = currentItem(reader);
  if (item?.kind !== 'comment') return 'Move to a comment to change it.';
  const { comment } = item;
  if (comment.sentAt !== null)
    return 'Claude has this comment already; c on its line writes another.';
  const target = { kind: 'draft' as const, comment };
  return { kind: 'comment', reader, target, input: textState(comment.text), refusal: null };
}

/** Whether there is anything to keep. */
export function isWritten({ target, input }: CommentDialog): boolean {
  const before = target.kind === 'draft' ? target.comment.text : '';
  return input.text.trim() !== '' && input.text.trim() !== before.trim();
}

/** What the words are about, for people. */
export function targetWords(target: CommentTarget): string {
  const place = target.kind === 'new' ? target : target.comment;
  const side = place.side === 'old' ? ', as it was before' : '';
  return `Comment on ${codeLine(formatPlace(place))}${side}`;
}
