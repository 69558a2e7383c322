import type { Context } from '#tui/context.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { layoutOf } from '#tui/view.ts';
import { pasteInForm, pressInForm, type TaskForm } from './form.ts';
import { TaskFormPanel } from './panel.tsx';
import { leaveTaskForm, submitTaskForm } from './save.ts';

export const TASK: DialogKind<TaskForm> = {
  context: 'form',
  editsText: true,
  Panel: TaskFormPanel,
  press(context, _, form, press) {
    const result = pressInForm(form, press, promptWidth(context));
    if (result === 'submit') void submitTaskForm(context, form);
    else if (result === 'leave') void leaveTaskForm(context, form);
    else showDialog(context, result.form);
  },
  paste: (context, form, text) => showDialog(context, pasteInForm(form, text)),
};

/** Cells that the prompt of a form is wrapped to. */
function promptWidth({ state }: Pick<Context, 'state'>): number {
  return (layoutOf(state.get().view)?.stage.width ?? 80) - 4;
}
