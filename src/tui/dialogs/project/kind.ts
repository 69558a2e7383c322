import { type DialogKind, showDialog } from '#tui/dialogs/kind.ts';
import { type ProjectForm, pasteInProjectForm, pressInProjectForm } from './form.ts';
import { ProjectFormPanel } from './panel.tsx';
import { submitProjectForm } from './save.ts';

export const PROJECT: DialogKind<ProjectForm> = {
  context: 'form',
  editsText: true,
  Panel: ProjectFormPanel,
  press(context, _, form, press) {
    const result = pressInProjectForm(form, press);
    if (result === 'submit') void submitProjectForm(context, form);
    else showDialog(context, result === 'leave' ? null : result.form);
  },
  paste: (context, form, text) => showDialog(context, pasteInProjectForm(form, text)),
};
