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
import { editText, insertText, type TextState, textState } from '#tui/widgets/text-edit.ts';
import type { AfterPicker } from './after-picker.ts';
import type { FoundBranches } from './branches.ts';
import { cycle } from './cycle.ts';
import { continues, pressInPrompt, withLineBreak } from './prompt-field.ts';
import type { Recall } from './recall.ts';
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
const MORE_FIELDS = ['priority', 'after', 'starts', 'repeats', 'criteria'] as const;
export type TaskField = (typeof TASK_FIELDS)[number] | (typeof MORE_FIELDS)[number];

/** Those that hold one line of text. */
const LINES = ['base', 'branch', 'after', 'starts', 'repeats'] as const;
type LineField = (typeof LINES)[number];
const isLine = (field: TaskField): field is LineField => LINES.some((line) => line === field);

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
  /** When it starts, and how often it begins anew, as they are written. */
  readonly starts: string;
  readonly repeats: string;
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
  readonly starts: TextState;
  readonly repeats: TextState;
  readonly subtasks: ItemList;
  readonly criteria: ItemList;
  /** The fields that most tasks do without are shown, too. */
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
  /** The tasks to wait for, likewise. */
  readonly choosing: AfterPicker | null;
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
    starts: textState(initial.starts),
    repeats: textState(initial.repeats),
    more:
      initial.priority !== DEFAULT_PRIORITY ||
      initial.criteria.length > 0 ||
      [initial.after, initial.starts, initial.repeats].some((text) => text !== ''),
    subtasks: itemList(initial.subtasks),
    criteria: itemList(initial.criteria),
    initial,
    refusal: null,
    recall: null,
    findings: null,
    picker: null,
    choosing: null,
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
    starts: form.starts.text.trim(),
    repeats: form.repeats.text.trim(),
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
  const { prompt, subtasks, criteria, ...values } = valuesOf(form);
  const texts = [prompt.trim(), ...LINES.map((line) => values[line])];
  return texts.some((text) => text !== '') || subtasks.length + criteria.length > 0;
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
      return continues(form) ? changed(form, { prompt: withLineBreak(form, true) }) : 'submit';
    case 'alt+enter':
    case 'ctrl+j':
      if (form.field !== 'prompt') return { form };
      return changed(form, { prompt: withLineBreak(form, false) });
    default:
      return pressInField(form, press, width);
  }
}

/** Pasted text goes where the cursor is; it is never a key. */
export function pasteInForm(form: TaskForm, text: string): TaskForm {
  const { field } = form;
  if (isLine(field)) {
    return { ...form, refusal: null, [field]: insertText(form[field], text.trim(), false) };
  }
  if (field === 'prompt') {
    return { ...form, refusal: null, prompt: insertText(form.prompt, text, true) };
  }
  if (field !== 'subtasks' && field !== 'criteria') return form;
  return { ...form, refusal: null, [field]: pasteInItems(form[field], text) };
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
      return inPrompt(form, press, width);
    default:
      if (isLine(form.field)) {
        const text = editText(form[form.field], press);
        if (text !== null) return changed(form, { [form.field]: text });
      }
  }
  if (press.name === 'up') return toField(form, -1);
  return press.name === 'down' ? toField(form, 1) : { form };
}

function inPrompt(form: TaskForm, press: Press, width: number): FormResult {
  const result = pressInPrompt(form, press, width);
  if (result === 'below') return toField(form, 1);
  return typeof result === 'string' ? result : { form: { ...form, ...result } };
}
