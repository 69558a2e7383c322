import type { Context } from '#tui/context.ts';
import type { Dialog } from '#tui/dialogs/dialog.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import type { Context as KeyContext } from '#tui/keys/binding.ts';
import { EMPTY_TEXT } from '#tui/widgets/text-edit.ts';

/** Opens the help with the keys that are in force first; closing it leads back to what was open. */
export function openHelp(
  context: Pick<Context, 'state'>,
  here: readonly KeyContext[],
  back: Dialog | null,
): void {
  showDialog(context, { kind: 'help', here, back, filter: EMPTY_TEXT, top: 0 });
}
