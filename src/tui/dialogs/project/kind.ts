import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { openOffers, type ProjectForm, pasteInProjectForm, pressInProjectForm } from './form.ts';
import { ProjectFormPanel } from './panel.tsx';
import { followPath } from './path.ts';
import { submitProjectForm } from './save.ts';

/** Those keys of forms that a form of two lines has. */
const MEANT: ReadonlySet<ActionId> = new Set(['submit', 'field', 'leave']);

export const PROJECT: DialogKind<ProjectForm> = {
  context: 'form',
  editsText: true,
  Panel: ProjectFormPanel,
  press(context, _, form, press) {
    const result = pressInProjectForm(form, press);
    if (result === 'submit') void submitProjectForm(context, form);
    else showDialog(context, result === 'leave' ? null : result.form);
    followPath(context, form);
  },
  hint(form, binding) {
    if (openOffers(form) === null) return MEANT.has(binding.action) ? binding : null;
    // Here Esc sends the folders away, not the form.
    if (binding.action === 'leave') return { ...binding, hint: 'hide folders' };
    return binding.action === 'folder' ? binding : null;
  },
  paste(context, form, text) {
    showDialog(context, pasteInProjectForm(form, text));
    followPath(context, form);
  },
};
