import type { Context } from '#tui/context.ts';
import type { ActionId } from '#tui/keymap.ts';
import { type Press, singlePresses } from '#tui/press.ts';
import { runOperation } from '#tui/run-operation.ts';
import type { Keymap } from '#tui/settings/own-keys.ts';
import { layoutOf } from '#tui/view.ts';
import { editText, insertText } from '#tui/widgets/text-edit.ts';
import type { DetailsDialog, Dialog, HelpDialog, SubtasksDialog } from './dialog.ts';
import { type ItemList, pasteInItems, pressInItems } from './item-list.ts';
import { pasteInProjectForm, pressInProjectForm } from './project-form.ts';
import { leaveTaskForm, saveSubtasks, submitProjectForm, submitTaskForm } from './save.ts';
import { pasteInForm, pressInForm } from './task-form.ts';

/** What a key press means to the open dialog. */
export function pressInDialog(
  context: Context,
  keymap: Keymap,
  dialog: Dialog,
  press: Press,
): void {
  switch (dialog.kind) {
    case 'task': {
      const result = pressInForm(dialog, press, promptWidth(context));
      if (result === 'submit') void submitTaskForm(context, dialog);
      else if (result === 'leave') void leaveTaskForm(context, dialog);
      else show(context, result.form);
      return;
    }
    case 'project': {
      const result = pressInProjectForm(dialog, press);
      if (result === 'submit') void submitProjectForm(context, dialog);
      else show(context, result === 'leave' ? null : result.form);
      return;
    }
    case 'confirm':
      // A run of text is no key: whoever types on into a question has not read it.
      answer(context, dialog, keymap.actionOf(['confirm'], press.name));
      return;
    case 'help':
      pressInHelp(context, keymap, dialog, press);
      return;
    case 'details':
      for (const single of singlePresses(press)) {
        scroll(context, dialog, keymap.actionOf(['details'], single.name));
      }
      return;
    case 'subtasks':
      pressInSubtasks(context, dialog, press);
      return;
    default:
      dialog satisfies never;
  }
}

/** Pasted text goes into the text that is being edited; a dialog without one ignores it. */
export function pasteInDialog(context: Context, dialog: Dialog, text: string): void {
  switch (dialog.kind) {
    case 'task':
      show(context, pasteInForm(dialog, text));
      return;
    case 'project':
      show(context, pasteInProjectForm(dialog, text));
      return;
    case 'help':
      show(context, { ...dialog, filter: insertText(dialog.filter, text, false), top: 0 });
      return;
    case 'subtasks':
      setItems(context, dialog, pasteInItems(dialog.list, text));
      return;
    case 'confirm':
    case 'details':
      return;
    default:
      dialog satisfies never;
  }
}

/** Cells that the prompt of a form is wrapped to. */
function promptWidth({ state }: Pick<Context, 'state'>): number {
  return (layoutOf(state.get().view)?.stage.width ?? 80) - 4;
}

function show({ state }: Context, dialog: Dialog | null): void {
  state.update((view) => ({ ...view, dialog }));
}

function answer(
  context: Context,
  dialog: Extract<Dialog, { kind: 'confirm' }>,
  action: ActionId | null,
): void {
  if (action === null) return;
  show(context, null);
  if (action === 'yes') void runOperation(context, dialog.action, dialog.input);
}

function pressInHelp(context: Context, keymap: Keymap, dialog: HelpDialog, press: Press): void {
  const empty = dialog.filter.text === '';
  const action = keymap.actionOf(['help'], press.name);
  if (press.name === '?' || (press.name === 'q' && empty) || action === 'close') {
    show(
      context,
      empty || press.name === '?' ? null : { ...dialog, filter: { text: '', cursor: 0 }, top: 0 },
    );
    return;
  }
  if (action !== null) {
    scroll(context, dialog, action);
    return;
  }
  const filter = editText(dialog.filter, press);
  if (filter !== null) show(context, { ...dialog, filter, top: 0 });
}

/** The panel itself keeps `top` from going past the end: only it knows how long its text is. */
function scroll(
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
  if (action === 'close') show(context, null);
  const top = action === null ? undefined : tops[action];
  if (top !== undefined) show(context, { ...dialog, top: Math.max(0, top) });
}

function pressInSubtasks(context: Context, dialog: SubtasksDialog, press: Press): void {
  const list = pressInItems(dialog.list, press);
  if (list !== null) setItems(context, dialog, list);
  else if (press.name === 'esc') closeSubtasks(context, dialog);
}

/** What was typed but not added is added: leaving destroys nothing. */
function closeSubtasks(context: Context, dialog: SubtasksDialog): void {
  const typed = dialog.list.input.text.trim();
  if (typed !== '' && dialog.refusal === null) {
    const list = pressInItems(dialog.list, { name: 'enter', text: '' });
    if (list !== null) setItems(context, dialog, list);
  }
  show(context, null);
}

function setItems(context: Context, dialog: SubtasksDialog, list: ItemList): void {
  if (list.items !== dialog.list.items && dialog.refusal !== null) {
    context.toasts.show(dialog.refusal, 'warning');
    return;
  }
  show(context, { ...dialog, list });
  if (list.items !== dialog.list.items) {
    void saveSubtasks(context, dialog.taskId, dialog.list, list);
  }
}
