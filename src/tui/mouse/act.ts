import type { Snapshot } from '#app.ts';
import type { Context } from '#tui/context.ts';
import { pressInDialog } from '#tui/dialogs/kinds.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { isMove, isWheel, type MouseReport } from '#tui/picture/typed.ts';
import { otherSession } from '#tui/sessions/tabs.ts';
import { moveSelection, selectPlace, selectTask, type View } from '#tui/view.ts';
import { hitOf } from './hit.ts';

const LEFT_BUTTON = 0;
/** What is held with a button, Shift, Alt or Ctrl, is left out. */
const BUTTON = 0b11;

/**
 * What the mouse does on the dashboard: the wheel moves the selection of the list below it, a click gives a panel the focus and selects
 * the row, or the task of a tab. In an open dialog the wheel is the arrow keys and a click nothing: what it would hit lies behind.
 */
export function actOnMouse(context: Context, keymap: Keymap, report: MouseReport): void {
  const { view } = context.state.get();
  if (view.away || view.typing !== null) return;
  if (view.dialog !== null) {
    const name = wheelKey(report);
    const press = { name: name ?? '', text: '' };
    if (name !== null) pressInDialog(context, keymap, view.dialog, press);
    return;
  }
  context.state.update((now, snapshot) => viewAfter(now, snapshot, report));
}

/** The view after a report, while no dialog is open. */
export function viewAfter(view: View, snapshot: Snapshot, report: MouseReport): View {
  const hit = hitOf(snapshot, view, report.x, report.y);
  if (hit === null) return view;
  const wheel = wheelKey(report);
  if (wheel !== null) {
    const by = wheel === 'up' ? -1 : 1;
    if (hit.panel === 'session') return view;
    if (hit.panel === 'tabs') return otherSession(view, snapshot, by) ?? view;
    const moved = moveSelection({ ...view, focus: hit.panel }, snapshot, by);
    return { ...moved, focus: view.focus };
  }
  if (report.released || isMove(report) || isWheel(report)) return view;
  if ((report.code & BUTTON) !== LEFT_BUTTON) return view;
  if (hit.panel === 'tabs')
    return hit.place === null ? view : selectTask(view, snapshot, hit.place);
  const focused: View = { ...view, focus: hit.panel, filtering: false };
  return hit.place === null ? focused : selectPlace(focused, snapshot, hit.place);
}

/** The arrow key that a turn of the wheel stands for; null for all else. */
function wheelKey(report: MouseReport): 'up' | 'down' | null {
  if (!isWheel(report) || report.released) return null;
  const button = report.code & BUTTON;
  if (button > 1) return null;
  return button === 0 ? 'up' : 'down';
}
