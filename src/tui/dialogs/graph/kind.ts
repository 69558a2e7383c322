import type { Context } from '#tui/context.ts';
import type { GraphDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { insideHeight } from '#tui/layout.ts';
import { layoutOf, selectTask } from '#tui/view.ts';
import { windowTop } from '#tui/widgets/list-window.ts';
import { readGraph } from './open.ts';
import { GraphPanel } from './panel.tsx';

export const GRAPH: DialogKind<GraphDialog> = {
  context: 'graph',
  editsText: false,
  isRead: true,
  Panel: GraphPanel,
  press(context, keymap, dialog, press) {
    const action = keymap.actionOf(['graph'], press.name);
    if (action === null) return;
    const to = PLACES[action]?.(dialog.place, Math.max(1, Math.floor(heightOf(context) / 2)));
    if (to !== undefined) select(context, dialog, to);
    else if (action === 'close') showDialog(context, null);
    else if (action === 'go_to_task') goToTask(context, dialog);
    else if (action === 'graph') {
      void readGraph(context, dialog.taskId, dialog.graph.task !== null, dialog);
    }
  },
};

const PLACES: Partial<Record<ActionId, (place: number, page: number) => number>> = {
  scroll_up: (place) => place - 1,
  scroll_down: (place) => place + 1,
  scroll_page_up: (place, page) => place - page,
  scroll_page_down: (place, page) => place + page,
  scroll_top: () => 0,
  scroll_bottom: () => Number.MAX_SAFE_INTEGER,
};

function heightOf({ state }: Context): number {
  return Math.max(1, insideHeight(layoutOf(state.get().view)?.stage ?? null));
}

function select(context: Context, dialog: GraphDialog, wanted: number): void {
  const { rows } = dialog;
  const place = Math.max(0, Math.min(wanted, rows.length - 1));
  const top = windowTop(dialog.top, place, rows.length, heightOf(context));
  showDialog(context, { ...dialog, place, top });
}

function goToTask({ state }: Context, { rows, place }: GraphDialog): void {
  const row = rows[place];
  if (row === undefined) return;
  state.update((view, snapshot) => selectTask({ ...view, dialog: null }, snapshot, row.id));
}
