import { fillPrompt, type Template } from '#domain/form/template.ts';
import type { Press } from '#tui/keys/press.ts';
import {
  EMPTY_TEXT,
  editText,
  insertText,
  replaceText,
  type TextState,
} from '#tui/widgets/text-edit.ts';
import type { TaskForm } from './form.ts';
import { hasWords } from './has-words.ts';

/** The templates to choose from. */
export interface TemplatePicker {
  readonly templates: readonly Template[];
  readonly filter: TextState;
  /** Place among those that the filter leaves. */
  readonly selected: number;
}

export function templatePicker(templates: readonly Template[]): TemplatePicker {
  return { templates, filter: EMPTY_TEXT, selected: 0 };
}

/** Those whose name or prompt has all the words of the filter. */
export function shownTemplates({ templates, filter }: TemplatePicker): readonly Template[] {
  return templates.filter(({ name, prompt }) => hasWords(`${name} ${prompt ?? ''}`, filter.text));
}

/** What a key press does while a template is chosen. */
export function pressInPicker(form: TaskForm, picker: TemplatePicker, press: Press): TaskForm {
  const shown = shownTemplates(picker);
  const to = (place: number): TaskForm => {
    const selected = Math.max(0, Math.min(place, shown.length - 1));
    return { ...form, picker: { ...picker, selected } };
  };
  switch (press.name) {
    case 'esc':
      return { ...form, picker: null };
    case 'up':
      return to(picker.selected - 1);
    case 'down':
      return to(picker.selected + 1);
    case 'enter':
    case 'tab': {
      const chosen = shown[picker.selected];
      return chosen === undefined ? form : withTemplate({ ...form, picker: null }, chosen);
    }
    default: {
      const filter = editText(picker.filter, press);
      return filter === null ? form : { ...form, picker: { ...picker, filter, selected: 0 } };
    }
  }
}

export function pasteInPicker(form: TaskForm, picker: TemplatePicker, text: string): TaskForm {
  const filter = insertText(picker.filter, text.trim(), false);
  return { ...form, picker: { ...picker, filter, selected: 0 } };
}

/** The form with what the template says. What was typed goes into its prompt, its steps come after those that are there. */
function withTemplate(form: TaskForm, template: Template): TaskForm {
  const { items } = form.subtasks;
  const added = template.subtasks.filter((text) => items.every((item) => item.text !== text));
  const filled = fillPrompt(template.prompt ?? '', form.prompt.text);
  return {
    ...form,
    field: 'prompt',
    refusal: null,
    prompt:
      template.prompt === null ? form.prompt : replaceText(form.prompt, filled.text, filled.cursor),
    mode: template.mode ?? form.mode,
    base: template.base === null ? form.base : replaceText(form.base, template.base),
    branch: template.branch === null ? form.branch : replaceText(form.branch, template.branch),
    push: template.push ?? form.push,
    loop: template.loop ?? form.loop,
    subtasks: {
      ...form.subtasks,
      items: [...items, ...added.map((text) => ({ text, done: false }))],
    },
  };
}
