import { performAction } from '#tui/actions.ts';
import type { Context } from '#tui/context.ts';
import type { WaitingDialog } from '#tui/dialogs/dialog.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { OPERATION_ACTIONS } from '#tui/operation-actions.ts';
import { runOperation } from '#tui/run-operation.ts';
import { selectTask } from '#tui/view.ts';
import { choicesOf, nextQuestion, type Picks, pick } from './picks.ts';
import { offersAlways, takesOwnWords, type WaitingRow } from './rows.ts';

/** Does what a yes means to the row; what asks first leaves the list for its question. */
export function sayYes(context: Context, dialog: WaitingDialog, row: WaitingRow): void {
  if (row.over || row.yes === null) {
    const reason = row.over ? 'It does not wait any more.' : 'Enter goes there.';
    context.toasts.show(reason, 'warning');
    return;
  }
  const { action } = row.yes;
  if (action === null) {
    if (row.kind === 'question') choose(context, dialog, row, nextQuestion(dialog.picks));
    else answer(context, row, {});
    return;
  }
  const definition = OPERATION_ACTIONS[action];
  const [task] = row.tasks;
  if (definition === undefined || task === undefined) return;
  if (!definition.asks) {
    void runOperation(context, action, definition.input(task.id, task));
    return;
  }
  context.state.update((view, snapshot) => ({
    ...selectTask(view, snapshot, task.id),
    dialog: null,
  }));
  performAction(context, action);
}

/** A yes that holds for the session, where Claude offers one. */
export function sayAlways(context: Context, row: WaitingRow): void {
  if (!row.over && row.yes !== null && offersAlways(row)) answer(context, row, { always: true });
  else context.toasts.show('Nothing is offered here for the rest of the session.', 'warning');
}

/** A digit: chooses an option of the question that is asked now. */
export function choosePick(
  context: Context,
  dialog: WaitingDialog,
  row: WaitingRow,
  number: number,
): void {
  const [request] = row.requests;
  if (row.yes === null || request?.kind !== 'question') return;
  choose(context, dialog, row, pick(dialog.picks, request.questions, number));
}

/** Shows what was chosen, and sends it when every question has its answer. */
function choose(context: Context, dialog: WaitingDialog, row: WaitingRow, picks: Picks): void {
  const questions = row.requests[0]?.questions ?? [];
  // The last question stays the one that is asked, so that what was refused can be chosen anew.
  const at = Math.min(picks.at, questions.length - 1);
  showDialog(context, { ...dialog, picks: { ...picks, at } });
  if (picks === dialog.picks) context.toasts.show('Choose first: press the number.', 'warning');
  else if (picks.at >= questions.length) answer(context, row, { choice: choicesOf(picks) });
}

/** A no with its reason. To the only question the words are the answer itself. */
export function sayNo(context: Context, row: WaitingRow, words: string): void {
  if (takesOwnWords(row) && words.trim() !== '') answer(context, row, { choice: [words] });
  else answer(context, row, { deny: words });
}

function answer(context: Context, row: WaitingRow, said: Record<string, unknown>): void {
  const task = row.tasks.map(({ id }) => id);
  const request = row.requests.map(({ id }) => id);
  void runOperation(context, 'answer_yes', { task, request, ...said });
}

/** Leaves the list: into the session that asks, or to the task. */
export function goThere(context: Context, row: WaitingRow): void {
  const [task] = row.tasks;
  if (task === undefined) return;
  context.state.update((view, snapshot) => ({
    ...selectTask(view, snapshot, task.id),
    dialog: null,
  }));
  const asks = row.kind === 'permission' || row.kind === 'question' || row.kind === 'plan';
  if (asks && !row.over) performAction(context, 'attach');
}
