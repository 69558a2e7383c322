import type { Snapshot } from '#app.ts';
import type { ActionId } from './keys/keymap.ts';
import { otherSession } from './sessions/tabs.ts';
import { focusNext, moveSelection, pageOf, type View } from './view.ts';
import { EMPTY_TEXT } from './widgets/text-edit.ts';

type Move = (view: View, snapshot: Snapshot) => View;

const moved =
  (by: (view: View) => number): Move =>
  (view, snapshot) =>
    moveSelection(view, snapshot, by(view));

const focus =
  (on: View['focus']): Move =>
  (view) => ({ ...view, focus: on });

const FAR = Number.MAX_SAFE_INTEGER;

/** Actions that change nothing but what the person looks at. */
export const VIEW_ACTIONS: Partial<Record<ActionId, Move>> = {
  up: moved(() => -1),
  down: moved(() => 1),
  top: moved(() => -FAR),
  bottom: moved(() => FAR),
  page_up: moved((view) => -pageOf(view)),
  page_down: moved((view) => pageOf(view)),
  next_panel: (view) => focusNext(view, 1),
  previous_panel: (view) => focusNext(view, -1),
  to_projects: focus('projects'),
  to_tasks: focus('tasks'),
  enter_project: focus('tasks'),
  to_session: focus('session'),
  previous_session: (view, snapshot) => otherSession(view, snapshot, -1) ?? view,
  next_session: (view, snapshot) => otherSession(view, snapshot, 1) ?? view,
  filter: (view) => ({ ...view, focus: 'tasks', filtering: true, filter: EMPTY_TEXT }),
  clear_filter: (view) => ({ ...view, filtering: false, filter: EMPTY_TEXT }),
  keep_filter: (view) => ({ ...view, filtering: false }),
};
