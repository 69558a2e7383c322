import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { NO_PICKS } from './picks.ts';
import { waitingRows } from './rows.ts';

/** Opens the list of what needs a person, at what waits longest. */
export function openWaiting(context: Context): void {
  const rows = waitingRows(context.state.get().snapshot);
  const [first] = rows;
  if (first === undefined) return;
  showDialog(context, { kind: 'waiting', rows, selected: first.key, top: 0, picks: NO_PICKS });
}
