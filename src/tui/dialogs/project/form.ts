import type { Press } from '#tui/keys/press.ts';
import { EMPTY_TEXT, editText, insertText, type TextState } from '#tui/widgets/text-edit.ts';

export interface ProjectForm {
  readonly kind: 'project';
  readonly field: 'name' | 'path';
  readonly name: TextState;
  /** Empty is where claustre was started. */
  readonly path: TextState;
  readonly refusal: string | null;
}

export function projectForm(): ProjectForm {
  return { kind: 'project', field: 'name', name: EMPTY_TEXT, path: EMPTY_TEXT, refusal: null };
}

/** What a key press does to the form: changes it, submits it, or leaves it. */
export function pressInProjectForm(
  form: ProjectForm,
  press: Press,
): { readonly form: ProjectForm } | 'submit' | 'leave' {
  switch (press.name) {
    case 'enter':
    case 'ctrl+s':
      return 'submit';
    case 'esc':
      return 'leave';
    case 'tab':
    case 'shift+tab':
    case 'up':
    case 'down':
      return { form: { ...form, field: form.field === 'name' ? 'path' : 'name' } };
    default: {
      const text = editText(form[form.field], press);
      return { form: text === null ? form : { ...form, [form.field]: text, refusal: null } };
    }
  }
}

export function pasteInProjectForm(form: ProjectForm, text: string): ProjectForm {
  return { ...form, [form.field]: insertText(form[form.field], text.trim(), false), refusal: null };
}
