import type { Context } from '#tui/context.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { layoutOf } from '#tui/view.ts';
import type { DetailsDialog, HelpDialog, PageDialog } from './dialog.ts';
import { showDialog } from './kind.ts';

type Scrolled = HelpDialog | DetailsDialog | PageDialog;

/** What has a part that is scrolled. */
interface WithTop {
  readonly top: number;
}

/** Where each dialog was drawn from: only its panel knows how long its text is. */
const drawnFrom = new WeakMap<WithTop, number>();

/** The first row to draw, of so many rows in so much room. The next key goes on from there, also when `top` lay past the end. */
export function firstRow(dialog: WithTop, rows: number, room: number): number {
  const top = Math.max(0, Math.min(dialog.top, rows - room));
  drawnFrom.set(dialog, top);
  return top;
}

/** How far somebody has read, for the border: `40/120`; empty where all is seen. */
export function placeNote(top: number, rows: number, room: number): string {
  return rows > room ? `${Math.min(rows, top + room)}/${rows}` : '';
}

/** The first row that was drawn. */
export function drawnTop(dialog: WithTop): number {
  return drawnFrom.get(dialog) ?? dialog.top;
}

/** What a key for scrolling does. */
export function scroll(context: Context, dialog: Scrolled, action: ActionId | null): void {
  const from = drawnTop(dialog);
  const page = Math.max(1, (layoutOf(context.state.get().view)?.stage.height ?? 12) - 4);
  const tops: Partial<Record<ActionId, number>> = {
    scroll_up: from - 1,
    scroll_down: from + 1,
    scroll_page_up: from - page,
    scroll_page_down: from + page,
    scroll_top: 0,
    scroll_bottom: Number.MAX_SAFE_INTEGER,
  };
  if (action === 'close')
    showDialog(context, dialog.kind === 'help' ? null : (dialog.back ?? null));
  const top = action === null ? undefined : tops[action];
  if (top !== undefined) showDialog(context, { ...dialog, top: Math.max(0, top) });
}
