import type { ComponentType } from 'react';
import type { Snapshot } from '#app.ts';
import type { Context } from '#tui/context.ts';
import type { Context as KeyContext } from '#tui/keys/binding.ts';
import type { KeyBinding } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import type { Press } from '#tui/keys/press.ts';
import type { Area } from '#tui/layout.ts';
import type { Theme } from '#tui/theme.ts';
import type { View } from '#tui/view.ts';
import type { Dialog } from './dialog.ts';

/** What a panel of a dialog is drawn from. */
export interface DialogProps<Shown extends Dialog> {
  readonly dialog: Shown;
  readonly snapshot: Snapshot;
  readonly view: View;
  readonly keymap: Keymap;
  readonly theme: Theme;
  readonly area: Area;
}

/** Everything about one kind of dialog: where its keys stand, what they do, how it looks. */
export interface DialogKind<Shown extends Dialog> {
  /** The context of the keymap whose keys are in force; where it depends on the dialog, how. */
  readonly context: KeyContext | ((dialog: Shown) => KeyContext);
  /** A key that means nothing else is text of it; where it depends on the dialog, how. */
  readonly editsText: boolean | ((dialog: Shown) => boolean);
  /** It takes the place of all panels, not only of the larger column. */
  readonly whole?: true;
  /** It is only read: a run of text is as many keys to it, of which one may close it. */
  readonly isRead?: true;
  /** It stands where the session was, so that the row that it is about stays in view; where that depends on its room there, how. */
  readonly below?: true | ((dialog: Shown, area: Area) => boolean);
  readonly Panel: ComponentType<DialogProps<Shown>>;
  press(context: Context, keymap: Keymap, dialog: Shown, press: Press): void;
  /** The binding as it is meant where the dialog stands now; null when it means nothing there. Absent where all keys always mean the same. */
  hint?(dialog: Shown, binding: KeyBinding): KeyBinding | null;
  /** Pasted text is never a key; absent where no text is edited. */
  paste?(context: Context, dialog: Shown, text: string): void;
}

/** Shows the dialog as it is now, or none. */
export function showDialog({ state }: Pick<Context, 'state'>, dialog: Dialog | null): void {
  state.update((view) => ({ ...view, dialog }));
}
