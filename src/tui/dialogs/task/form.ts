import {
  DEFAULT_PRIORITY,
  PUSH_MODES,
  type PushMode,
  TASK_MODES,
  type TaskMode,
} from '#domain/task.ts';
import {
  type Item,
  type ItemList,
  itemList,
  pasteInItems,
  pressInItems,
} from '#tui/dialogs/item-list.ts';
import type { Press } from '#tui/keys/press.ts';
import {
  EMPTY_TEXT,
  editText,
  insertText,
  type TextState,
  textState,
} from '#tui/widgets/text-edit.ts';
import { moveByRows } from '#tui/widgets/text-layout.ts';
import type { FoundBranches } from './branches.ts';
import { cycle } from './cycle.ts';
import { isRecalled, type Recall } from './recall.ts';
import type { TemplatePicker } from './template-picker.ts';

export const TASK_FIELDS = [
  'prompt',
  'mode',
  'base',
  'branch',
  'push',
  'loop',
  'subtasks',
] as const;
/** Those that most tasks do without; shown when they are asked for, or say something. */
const MORE_FIELDS = ['priority', 'after', 'criteria'] as const;
export type TaskField = (typeof TASK_FIELDS)[number] | (typeof MORE_FIELDS)[number];

const PRIORITIES: readonly number[] = [0, 1, 2, 3];

/** The fields that are shown, in their order. */
export function fieldsOf({ more }: Pick<TaskForm, 'more'>): readonly TaskField[] {
  return more ? [...TASK_FIELDS.slice(0, -1), ...MORE_FIELDS, 'subtasks'] : TASK_FIELDS;
}

/** What a task form holds that a person can change. */
export interface TaskValues {
  readonly prompt: string;
  readonly mode: TaskMode;
  readonly base: string;
  readonly branch: string;
  readonly push: PushMode;
  readonly loop: boolean;
  readonly priority: number;
  /** Numbers of the tasks that it waits for, as they are written. */
  readonly after: string;
  readonly subtasks: readonly Item[];
  readonly criteria: readonly Item[];
}

export interface TaskForm {
  readonly kind: 'task';
  /** Name of the project that the task belongs to. */
  readonly project: string;
  /** The task that is edited; null for a new one. */
  readonly taskId: number | null;
  readonly field: TaskField;
  readonly prompt: TextState;
  readonly mode: TaskMode;
  readonly base: TextState;
  readonly branch: TextState;
  readonly push: PushMode;
  readonly loop: boolean;
  readonly priority: number;
  readonly after: TextState;
  readonly subtasks: ItemList;
  readonly criteria: ItemList;
  /** Priority, what it waits for and its criteria are shown too. */
  readonly more: boolean;
  /** What it was opened with. */
  readonly initial: TaskValues;
  /** Why it was not accepted. */
  readonly refusal: string | null;
  /** The earlier prompts that Up leads to; null until somebody went there. */
  readonly recall: Recall | null;
  /** What is known of the branches that are named; null until somebody looked. */
  readonly findings: FoundBranches | null;
  /** The templates to choose from, over the fields; null while none is to be chosen. */
  readonly picker: TemplatePicker | null;
}

export function taskForm(project: string, taskId: number | null, initial: TaskValues): TaskForm {
  return {
    kind: 'task',
    project,
    taskId,
    field: 'prompt',
    prompt: textState(initial.prompt),
    mode: initial.mode,
    base: textState(initial.base),
    branch: textState(initial.branch),
    push: initial.push,
    loop: initial.loop,
    priority: initial.priority,
    after: textState(initial.after),
    more:
      initial.after !== '' || initial.priority !== DEFAULT_PRIORITY || initial.criteria.length > 0,
    subtasks: itemList(initial.subtasks),
    criteria: itemList(initial.criteria),
    initial,
    refusal: null,
    recall: null,
    findings: null,
    picker: null,
  };
}

/** The items, and one that was typed but not added: nobody types it for nothing. */
function itemsOf({ items, editing, input }: ItemList): readonly Item[] {
  const typed = input.text.trim();
  return typed === '' || editing !== null ? items : [...items, { text: typed, done: false }];
}

/** What the form says now. */
export function valuesOf(form: TaskForm): TaskValues {
  return {
    prompt: form.prompt.text,
    mode: form.mode,
    base: form.base.text.trim(),
    branch: form.branch.text.trim(),
    push: form.push,
    loop: form.loop,
    priority: form.priority,
    after: form.after.text.trim(),
    subtasks: itemsOf(form.subtasks),
    criteria: itemsOf(form.criteria),
  };
}

/** Whether anything differs from what it was opened with. */
export function isChanged(form: TaskForm): boolean {
  return JSON.stringify(valuesOf(form)) !== JSON.stringify(form.initial);
}

/** Whether a person typed something that would be lost. */
export function hasTyped(form: TaskForm): boolean {
  const { prompt, base, branch, after, subtasks, criteria } = valuesOf(form);
  const said = [prompt.trim(), base, branch, after].some((text) => text !== '');
  return said || subtasks.length + criteria.length > 0;
}

export type FormResult =
  | { readonly form: TaskForm }
  /** It is to be created or saved. */
  | 'submit'
  /** It is to be left; what was typed is to be kept. */
  | 'leave'
  /** An earlier prompt of the project is wanted. */
  | 'older'
  /** The one after it is wanted, or what stood there before. */
  | 'newer';

/** What a key press does to the form. `width` is that of the prompt, for moving by rows. */
export function pressInForm(form: TaskForm, press: Press, width: number): FormResult {
  if (form.field === 'subtasks' || form.field === 'criteria') {
    const items = pressInItems(form[form.field], press);
    if (items !== null) return changed(form, { [form.field]: items });
  }
  switch (press.name) {
    case 'ctrl+s':
      return 'submit';
    case 'esc':
      return 'leave';
    case 'ctrl+o':
      return withMore(form);
    case 'tab':
      return toField(form, 1);
    case 'shift+tab':
      return toField(form, -1);
    case 'enter':
      return continues(form) ? lineBreak(form, true) : 'submit';
    case 'alt+enter':
    case 'ctrl+j':
      return form.field === 'prompt' ? lineBreak(form, false) : { form };
    default:
      return pressInField(form, press, width);
  }
}

/** Pasted text goes where the cursor is; it is never a key. */
export function pasteInForm(form: TaskForm, text: string): TaskForm {
  switch (form.field) {
    case 'prompt':
      return { ...form, refusal: null, prompt: insertText(form.prompt, text, true) };
    case 'base':
    case 'branch':
    case 'after':
      return {
        ...form,
        refusal: null,
        [form.field]: insertText(form[form.field], text.trim(), false),
      };
    case 'subtasks':
    case 'criteria': {
      const items = pasteInItems(form[form.field], text);
      return { ...form, refusal: null, [form.field]: items };
    }
    default:
      return form;
  }
}

const changed = (form: TaskForm, changes: Partial<TaskForm>): FormResult => ({
  form: { ...form, ...changes, refusal: null },
});

function toField(form: TaskForm, by: number): FormResult {
  const fields = fieldsOf(form);
  const at = fields.indexOf(form.field) + by + fields.length;
  return { form: { ...form, field: fields[at % fields.length] ?? 'prompt' } };
}

/** Shows the fields that most tasks do without and goes there, or hides them; what they say stays. */
function withMore(form: TaskForm): FormResult {
  if (!form.more) return { form: { ...form, more: true, field: 'priority' } };
  const hidden = MORE_FIELDS.some((field) => field === form.field);
  return { form: { ...form, more: false, field: hidden ? 'prompt' : form.field } };
}

/** A backslash before Enter makes a new line, for terminals that cannot tell Alt+Enter. */
function continues({ field, prompt }: TaskForm): boolean {
  return field === 'prompt' && prompt.text[prompt.cursor - 1] === '\\';
}

function lineBreak(form: TaskForm, replacesBackslash: boolean): FormResult {
  const at = { name: 'backspace', text: '' };
  const prompt = replacesBackslash ? (editText(form.prompt, at) ?? EMPTY_TEXT) : form.prompt;
  return changed(form, { prompt: insertText(prompt, '\n', true) });
}

function pressInField(form: TaskForm, press: Press, width: number): FormResult {
  const step =
    press.name === 'left' ? -1 : press.name === 'right' || press.name === 'space' ? 1 : 0;
  switch (form.field) {
    case 'mode':
      if (step !== 0) return changed(form, { mode: cycle(TASK_MODES, form.mode, step) });
      break;
    case 'push':
      if (step !== 0) return changed(form, { push: cycle(PUSH_MODES, form.push, step) });
      break;
    case 'loop':
      if (step !== 0) return changed(form, { loop: !form.loop });
      break;
    case 'priority':
      if (/^[0-3]$/.test(press.text)) return changed(form, { priority: Number(press.text) });
      if (step !== 0) return changed(form, { priority: cycle(PRIORITIES, form.priority, step) });
      break;
    case 'prompt':
      return pressInPrompt(form, press, width);
    case 'base':
    case 'branch':
    case 'after': {
      const text = editText(form[form.field], press);
      if (text !== null) return changed(form, { [form.field]: text });
      break;
    }
    default:
  }
  if (press.name === 'up') return toField(form, -1);
  return press.name === 'down' ? toField(form, 1) : { form };
}

function pressInPrompt(form: TaskForm, press: Press, width: number): FormResult {
  if (press.name === 'up' || press.name === 'down') {
    const prompt = moveByRows(form.prompt, press.name === 'up' ? -1 : 1, width);
    if (prompt !== null) return { form: { ...form, prompt } };
    return press.name === 'up' ? overTheTop(form) : underTheEnd(form);
  }
  const prompt = editText(form.prompt, press, true);
  return prompt === null ? { form } : changed(form, { prompt });
}

/** Up from the first row leads to the earlier prompts, for who has typed first to the beginning of that. */
function overTheTop(form: TaskForm): FormResult {
  const { prompt, taskId } = form;
  const leads = taskId === null && (prompt.cursor === 0 || isRecalled(form));
  return leads ? 'older' : { form: { ...form, prompt: { ...prompt, cursor: 0 } } };
}

/** Down from the last row goes on to what is below it, or back from an earlier prompt. */
function underTheEnd(form: TaskForm): FormResult {
  return isRecalled(form) ? 'newer' : toField(form, 1);
}
