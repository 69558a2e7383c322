import type { Context } from '#tui/context.ts';
import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { KeyBinding } from '#tui/keys/keymap.ts';
import type { Press } from '#tui/keys/press.ts';
import { layoutOf } from '#tui/view.ts';
import { pasteInAfterPicker, pressInAfterPicker } from './after-picker.ts';
import { lookAtBranches } from './branches.ts';
import { pasteInForm, pressInForm, type TaskField, type TaskForm } from './form.ts';
import { editInEditor } from './in-editor.ts';
import { openAfterPicker, openPicker } from './open.ts';
import { TaskFormPanel } from './panel.tsx';
import { recallPrompt, withoutRecalled } from './recall.ts';
import { leaveTaskForm, submitTaskForm } from './save.ts';
import { pasteInPicker, pressInPicker } from './template-picker.ts';

export const TASK: DialogKind<TaskForm> = {
  context: 'form',
  editsText: true,
  Panel: TaskFormPanel,
  press(context, keymap, form, press) {
    const { picker, choosing } = form;
    if (picker !== null) showDialog(context, pressInPicker(form, picker, press));
    else if (choosing !== null) showDialog(context, pressInAfterPicker(form, choosing, press));
    else if (keymap.actionOf(['form'], press.name) === 'prompt_editor')
      void editInEditor(context, form);
    else if (keymap.actionOf(['form'], press.name) === 'template') openList(context, form);
    else pressInFields(context, form, press);
    lookAtBranches(context, form);
  },
  hint: hintIn,
  paste(context, form, text) {
    const { picker, choosing } = form;
    if (picker !== null) showDialog(context, pasteInPicker(form, picker, text));
    else if (choosing !== null) showDialog(context, pasteInAfterPicker(form, choosing, text));
    else showDialog(context, pasteInForm(form, text));
    lookAtBranches(context, form);
  },
};

const CHOICES: ReadonlySet<TaskField> = new Set(['mode', 'push', 'loop', 'priority']);

const isList = (field: TaskField): boolean => field === 'subtasks' || field === 'criteria';

/** What a key means in the field that has the focus. */
function hintIn({ field, picker, choosing }: TaskForm, binding: KeyBinding): KeyBinding | null {
  if (choosing !== null) return choosingHint(binding);
  if (picker !== null) {
    if (binding.action === 'submit') return { ...binding, keys: ['enter'], hint: 'take it' };
    return binding.action === 'leave' ? { ...binding, hint: 'back' } : null;
  }
  switch (binding.action) {
    case 'line':
      return field === 'prompt' ? binding : null;
    case 'choice':
      return CHOICES.has(field) ? binding : null;
    case 'template':
      return field === 'after' ? { ...binding, hint: 'choose tasks' } : binding;
    case 'item':
      return isList(field) ? binding : null;
    case 'submit':
      // Enter adds a step where steps are typed; what saves there is the other key.
      return isList(field) ? { ...binding, keys: ['ctrl+s'] } : binding;
    default:
      return binding.action === 'folder' ? null : binding;
  }
}

/** What a key means while tasks are chosen to wait for. */
function choosingHint(binding: KeyBinding): KeyBinding | null {
  switch (binding.action) {
    case 'submit':
      return { ...binding, keys: ['enter'], hint: 'choose' };
    case 'choice':
      return { ...binding, hint: 'until when' };
    case 'leave':
      return { ...binding, hint: 'back' };
    default:
      return null;
  }
}

/** The list that belongs to the field: of tasks to wait for, else of templates. */
function openList(context: Context, form: TaskForm): void {
  if (form.field === 'after') openAfterPicker(context, form);
  else openPicker(context, form);
}

function pressInFields(context: Context, form: TaskForm, press: Press): void {
  const result = pressInForm(form, press, promptWidth(context));
  switch (result) {
    case 'submit':
      void submitTaskForm(context, form);
      return;
    case 'leave':
      void leaveTaskForm(context, withoutRecalled(form));
      return;
    case 'older':
      void recallPrompt(context, form, 1);
      return;
    case 'newer':
      void recallPrompt(context, form, -1);
      return;
    default:
      showDialog(context, result.form);
  }
}

/** Cells that the prompt of a form is wrapped to. */
function promptWidth({ state }: Pick<Context, 'state'>): number {
  return (layoutOf(state.get().view)?.stage.width ?? 80) - 4;
}
