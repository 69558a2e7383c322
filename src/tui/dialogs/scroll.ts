import type { Context } from '#tui/context.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { layoutOf } from '#tui/view.ts';
import type { DetailsDialog, HelpDialog } from './dialog.ts';
import { showDialog } from './kind.ts';

/** The panel itself keeps `top` from going past the end: only it knows how long its text is. */
export function scroll(
  context: Context,
  dialog: HelpDialog | DetailsDialog,
  action: ActionId | null,
): void {
  const page = Math.max(1, (layoutOf(context.state.get().view)?.stage.height ?? 12) - 4);
  const tops: Partial<Record<ActionId, number>> = {
    scroll_up: dialog.top - 1,
    scroll_down: dialog.top + 1,
    scroll_page_up: dialog.top - page,
    scroll_page_down: dialog.top + page,
    scroll_top: 0,
    scroll_bottom: Number.MAX_SAFE_INTEGER,
  };
  if (action === 'close') showDialog(context, dialog.kind === 'details' ? dialog.back : null);
  const top = action === null ? undefined : tops[action];
  if (top !== undefined) showDialog(context, { ...dialog, top: Math.max(0, top) });
}
