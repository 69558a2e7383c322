import type { ComponentType } from 'react';
import type { Context } from '#tui/context.ts';
import type { Context as KeyContext } from '#tui/keys/binding.ts';
import type { KeyBinding } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import type { Area } from '#tui/layout.ts';
import { ASK } from './ask/kind.ts';
import { CHECKS } from './checks/kind.ts';
import { CONFIRM } from './confirm/kind.ts';
import { DETAILS } from './details/kind.ts';
import type { Dialog } from './dialog.ts';
import { COMMENT, DIFF, SEARCH } from './diff/kind.ts';
import { GRAPH } from './graph/kind.ts';
import { HELP } from './help/kind.ts';
import { HISTORY } from './history/kind.ts';
import type { DialogKind, DialogProps } from './kind.ts';
import { PAGE } from './page/kind.ts';
import { PALETTE } from './palette/kind.ts';
import { PROJECT } from './project/kind.ts';
import { SUBTASKS } from './subtasks/kind.ts';
import { TASK } from './task/kind.ts';
import { REASON, WAITING } from './waiting/kind.ts';

/** Every kind of dialog, once. */
const KINDS: { readonly [Kind in Dialog['kind']]: DialogKind<Extract<Dialog, { kind: Kind }>> } = {
  task: TASK,
  project: PROJECT,
  confirm: CONFIRM,
  help: HELP,
  details: DETAILS,
  history: HISTORY,
  checks: CHECKS,
  graph: GRAPH,
  subtasks: SUBTASKS,
  waiting: WAITING,
  reason: REASON,
  diff: DIFF,
  comment: COMMENT,
  search: SEARCH,
  palette: PALETTE,
  ask: ASK,
  page: PAGE,
};

/** The table gives each dialog its own kind, which TypeScript cannot follow through the lookup. */
function kindOf(dialog: Dialog): DialogKind<Dialog> {
  return KINDS[dialog.kind] as DialogKind<Dialog>;
}

/** What a key press means to the open dialog. */
export function pressInDialog(
  context: Context,
  keymap: Keymap,
  dialog: Dialog,
  press: Press,
): void {
  kindOf(dialog).press(context, keymap, dialog, press);
}

/** Pasted text goes into the text that is being edited; a dialog without one ignores it. */
export function pasteInDialog(context: Context, dialog: Dialog, text: string): void {
  kindOf(dialog).paste?.(context, dialog, text);
}

export function isRead(dialog: Dialog): boolean {
  return kindOf(dialog).isRead === true;
}

/** Whether it opens below what it is about, in this area, and not over it. */
export function isBelow(dialog: Dialog, area: Area): boolean {
  const { below = false } = kindOf(dialog);
  return typeof below === 'function' ? below(dialog, area) : below;
}

export function contextOf(dialog: Dialog): KeyContext {
  const { context } = kindOf(dialog);
  return typeof context === 'function' ? context(dialog) : context;
}

/** The bindings that mean something where the dialog stands now, as they are meant. */
export function hintsIn(dialog: Dialog, bindings: readonly KeyBinding[]): readonly KeyBinding[] {
  const { hint } = kindOf(dialog);
  return hint === undefined ? bindings : bindings.flatMap((binding) => hint(dialog, binding) ?? []);
}

export function editsText(dialog: Dialog): boolean {
  const { editsText: edits } = kindOf(dialog);
  return typeof edits === 'function' ? edits(dialog) : edits;
}

export function isWhole(dialog: Dialog): boolean {
  return kindOf(dialog).whole ?? false;
}

export function panelOf(dialog: Dialog): ComponentType<DialogProps<Dialog>> {
  return kindOf(dialog).Panel;
}
