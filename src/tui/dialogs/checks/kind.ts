import { isRefusal } from '#domain/error.ts';
import { type Check, checkTitle } from '#domain/pull-request/checks.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import type { ChecksDialog } from '#tui/dialogs/dialog.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { insideHeight } from '#tui/layout.ts';
import { runOperation } from '#tui/run-operation.ts';
import { layoutOf } from '#tui/view.ts';
import { windowTop } from '#tui/widgets/list-window.ts';
import { ChecksPanel, checksOf, keyOf, ROWS_LESS } from './panel.tsx';

export const CHECKS: DialogKind<ChecksDialog> = {
  context: 'checks',
  editsText: false,
  isRead: true,
  Panel: ChecksPanel,
  press(context, keymap, dialog, press) {
    const action = keymap.actionOf(['checks'], press.name);
    if (action === null) return;
    const checks = checksOf(context.state.get().snapshot, dialog);
    const place = Math.max(
      0,
      checks.findIndex((check) => keyOf(check) === dialog.selected),
    );
    const to = PLACES[action]?.(place, pageOf(context));
    const check = checks[place];
    if (to !== undefined) show(context, dialog, checks, to);
    else if (action === 'close') showDialog(context, null);
    else if (check !== undefined) onCheck(context, dialog, check, action);
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

function onCheck(context: Context, dialog: ChecksDialog, check: Check, action: ActionId): void {
  if (action === 'open_check') {
    void runOperation(context, 'open', { task: dialog.taskId, check: keyOf(check) });
  } else if (action === 'check_log') void readLog(context, dialog, check);
}

/** Shows the end of the log above the list, unless the person went elsewhere meanwhile. */
async function readLog(
  { app, busy, operations, state, toasts }: Context,
  dialog: ChecksDialog,
  check: Check,
): Promise<void> {
  try {
    await busy.run(`reading the log of "${checkTitle(check)}" …`, async () => {
      const input = { task: dialog.taskId, check: keyOf(check) };
      const log = await call(app, (await operations()).readCheckLog, input);
      if (isRefusal(log)) {
        toasts.refuse(log);
        return;
      }
      const { text } = log as { text: string };
      const title = `#${dialog.taskId}: the log of "${checkTitle(check)}"`;
      const page = { kind: 'page', title, text, top: Number.MAX_SAFE_INTEGER } as const;
      state.update((now) =>
        now.dialog?.kind === 'checks' && now.dialog.taskId === dialog.taskId
          ? { ...now, dialog: { ...page, back: now.dialog } }
          : now,
      );
    });
  } catch (error) {
    toasts.fail(error);
  }
}

function heightOf({ state }: Context): number {
  return Math.max(1, insideHeight(layoutOf(state.get().view)?.stage ?? null) - ROWS_LESS);
}

const pageOf = (context: Context): number => Math.max(1, Math.floor(heightOf(context) / 2));

function show(
  context: Context,
  dialog: ChecksDialog,
  checks: readonly Check[],
  wanted: number,
): void {
  const place = Math.max(0, Math.min(wanted, checks.length - 1));
  const check = checks[place];
  const top = windowTop(dialog.top, place, checks.length, heightOf(context));
  showDialog(context, { ...dialog, selected: check === undefined ? null : keyOf(check), top });
}
