import { EMPTY_TEXT, type TextState } from '#tui/widgets/text-edit.ts';
import { type DiffDialog, moveTo } from './reader.ts';
import { findNext } from './search.ts';

/** Words being searched for; the cursor is on what they are found in so far. */
export interface SearchDialog {
  readonly kind: 'search';
  readonly reader: DiffDialog;
  /** The reader as it was when the search began. */
  readonly before: DiffDialog;
  readonly input: TextState;
  readonly found: boolean;
}

export function beginSearch(reader: DiffDialog): SearchDialog {
  return { kind: 'search', reader, before: reader, input: EMPTY_TEXT, found: true };
}

/** The same with other words: the first place from where the search began. */
export function searchFor(dialog: SearchDialog, input: TextState): SearchDialog {
  const { before } = dialog;
  const found = findNext(before, input.text, before.at, 1);
  const reader = { ...(found ?? moveTo(before, before.at)), search: input.text };
  return { ...dialog, input, reader, found: found !== null };
}
