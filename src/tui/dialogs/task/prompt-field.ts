import type { Press } from '#tui/keys/press.ts';
import { EMPTY_TEXT, editText, insertText, type TextState } from '#tui/widgets/text-edit.ts';
import { moveByRows } from '#tui/widgets/text-layout.ts';
import type { TaskForm } from './form.ts';
import { isRecalled } from './recall.ts';

/** A backslash before Enter makes a new line, for terminals that cannot tell Alt+Enter. */
export function continues({ field, prompt }: TaskForm): boolean {
  return field === 'prompt' && prompt.text[prompt.cursor - 1] === '\\';
}

export function withLineBreak({ prompt }: TaskForm, replacesBackslash: boolean): TextState {
  const at = { name: 'backspace', text: '' };
  const before = replacesBackslash ? (editText(prompt, at) ?? EMPTY_TEXT) : prompt;
  return insertText(before, '\n', true);
}

/** What a key press does in the prompt: what changes of the form, or that an earlier prompt, the one after it, or the field below is wanted. */
export function pressInPrompt(
  form: TaskForm,
  press: Press,
  width: number,
): Partial<TaskForm> | 'older' | 'newer' | 'below' {
  if (press.name === 'up' || press.name === 'down') {
    const prompt = moveByRows(form.prompt, press.name === 'up' ? -1 : 1, width);
    if (prompt !== null) return { prompt };
    if (press.name === 'up') return overTheTop(form);
    // Down from the last row goes on to what is below it, or back from an earlier prompt.
    return isRecalled(form) ? 'newer' : 'below';
  }
  const prompt = editText(form.prompt, press, true);
  return prompt === null ? {} : { prompt, refusal: null };
}

/** Up from the first row leads to the earlier prompts, for who has typed first to the beginning of that. */
function overTheTop(form: TaskForm): Partial<TaskForm> | 'older' {
  const { prompt, taskId } = form;
  const leads = taskId === null && (prompt.cursor === 0 || isRecalled(form));
  return leads ? 'older' : { prompt: { ...prompt, cursor: 0 } };
}
