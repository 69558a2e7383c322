import type { TaskRow } from '#app.ts';
import { type After, UNTILS } from '#domain/dependency.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { readAfter, writeAfter } from '#domain/form/after.ts';
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

type Choice = Pick<TaskRow, 'id' | 'title' | 'status'>;

/** The tasks that a task can wait for. What is chosen stands in the field at once. */
export interface AfterPicker {
  readonly tasks: readonly Choice[];
  readonly filter: TextState;
  /** Place among those that the filter leaves. */
  readonly selected: number;
}

/** The form with the tasks of its project to choose from. Refuses while the field says what nobody can read. */
export function withAfterPicker(form: TaskForm, rows: readonly TaskRow[]): TaskForm | Refusal {
  const chosen = readAfter(form.after.text);
  if (isRefusal(chosen)) return chosen;
  const isChosen = (id: number): boolean => chosen.some((after) => after.id === id);
  const tasks = rows
    .filter(({ id, status }) => id !== form.taskId && (status !== 'done' || isChosen(id)))
    .toSorted((a, b) => a.id - b.id);
  return { ...form, choosing: { tasks, filter: EMPTY_TEXT, selected: 0 } };
}

/** Those whose number or title has all the words of the filter. */
export function shownTasks({ tasks, filter }: AfterPicker): readonly Choice[] {
  return tasks.filter(({ id, title }) => hasWords(`#${id} ${title}`, filter.text));
}

/** What the field says; it could be read when the choice began. */
export function chosenIn({ after }: TaskForm): readonly After[] {
  const chosen = readAfter(after.text);
  return isRefusal(chosen) ? [] : chosen;
}

/** What a key press does while tasks are chosen. */
export function pressInAfterPicker(form: TaskForm, picker: AfterPicker, press: Press): TaskForm {
  const shown = shownTasks(picker);
  const task = shown[picker.selected];
  const to = (place: number): TaskForm => {
    const selected = Math.max(0, Math.min(place, shown.length - 1));
    return { ...form, choosing: { ...picker, selected } };
  };
  switch (press.name) {
    case 'esc':
    case 'ctrl+s':
      return { ...form, choosing: null };
    case 'up':
      return to(picker.selected - 1);
    case 'down':
      return to(picker.selected + 1);
    case 'enter':
      return task === undefined ? form : toggled(form, task.id);
    case 'left':
    case 'right':
      return task === undefined ? form : untilOf(form, task.id, press.name === 'right' ? 1 : -1);
    default: {
      const filter = editText(picker.filter, press);
      return filter === null ? form : { ...form, choosing: { ...picker, filter, selected: 0 } };
    }
  }
}

export function pasteInAfterPicker(form: TaskForm, picker: AfterPicker, text: string): TaskForm {
  const filter = insertText(picker.filter, text.trim(), false);
  return { ...form, choosing: { ...picker, filter, selected: 0 } };
}

function toggled(form: TaskForm, id: number): TaskForm {
  const chosen = chosenIn(form);
  const others = chosen.filter((after) => after.id !== id);
  return saying(form, others.length < chosen.length ? others : [...chosen, { id, until: 'done' }]);
}

/** What is waited for in the task; one that was not chosen is, with that. */
function untilOf(form: TaskForm, id: number, step: 1 | -1): TaskForm {
  const chosen = chosenIn(form);
  const now = chosen.find((after) => after.id === id)?.until ?? 'done';
  const at = (UNTILS.indexOf(now) + step + UNTILS.length) % UNTILS.length;
  const until = UNTILS[at] ?? 'done';
  const isChosen = chosen.some((after) => after.id === id);
  const all = isChosen ? chosen : [...chosen, { id, until }];
  return saying(
    form,
    all.map((after) => (after.id === id ? { id, until } : after)),
  );
}

function saying(form: TaskForm, after: readonly After[]): TaskForm {
  return { ...form, refusal: null, after: replaceText(form.after, writeAfter(after)) };
}
