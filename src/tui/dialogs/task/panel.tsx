import { isRefusal, type Refusal } from '#domain/error.ts';
import { readAfter } from '#domain/form/after.ts';
import { whyNotBranchName } from '#domain/form/branch-name.ts';
import { startsWords } from '#domain/form/starts.ts';
import { everyWords, readEvery } from '#domain/queue/every.ts';
import { localOffsetAt } from '#domain/queue/wall-clock.ts';
import { PUSH_MODES, TASK_MODES } from '#domain/task.ts';
import type { BranchFinding } from '#operations/project/check-branches.ts';
import { findingSpans } from '#tui/dialogs/finding.ts';
import { itemLines } from '#tui/dialogs/item-lines.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { fieldLabel } from '#tui/widgets/field-label.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { type Span, type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField, textHeight, textRows } from '#tui/widgets/text-field.ts';
import { AfterPickerPanel } from './after-picker-panel.tsx';
import { findingOf } from './branches.ts';
import { fieldsOf, type TaskField, type TaskForm } from './form.ts';
import { PickerPanel } from './picker-panel.tsx';

const LABEL_CELLS = 10;
/** Rows of the prompt before it grows with its text. */
const PROMPT_ROWS = 6;
/** The prompt keeps at least this many; where there is not even room for that, the form scrolls to the field in use. */
const LEAST_PROMPT_ROWS = 3;
const ITEM_ROWS = 5;
/** A mark, a blank, and two blanks to the next choice. */
const CHOICE_CELLS = 4;

export function TaskFormPanel({ dialog: form, view, theme, area }: DialogProps<TaskForm>) {
  const { choosing } = form;
  if (choosing !== null) {
    return <AfterPickerPanel form={form} picker={choosing} theme={theme} area={area} />;
  }
  if (form.picker !== null) return <PickerPanel picker={form.picker} theme={theme} area={area} />;
  const title = form.taskId === null ? `New task in ${form.project}` : `Edit #${form.taskId}`;
  return (
    <Panel
      title={title}
      width={area.width}
      height={area.height}
      border={theme.look('form_border_task')}
      titleLook={BOLD}
      lines={formLines(form, view.now, theme, insideWidth(area.width), area.height - 2)}
    />
  );
}

function formLines(
  form: TaskForm,
  now: number,
  theme: Theme,
  width: number,
  height: number,
): Spans[] {
  const label = (field: TaskField, text: string): Span =>
    fieldLabel(text, LABEL_CELLS, form.field === field, theme);
  const inField = width - LABEL_CELLS;
  const named = (field: 'base' | 'branch', text: string, placeholder: string): Spans => [
    label(field, text),
    ...textField(form[field], form.field === field, placeholder, inField),
    ...findingSpans(findingNow(form, field), theme),
  ];
  const refusal = form.refusal === null ? [] : wrap(form.refusal, width, 3);
  const fields: Spans[] = [
    [
      label('mode', 'Mode'),
      ...choices(TASK_MODES, form.mode, form.field === 'mode', theme, inField),
    ],
    named('base', 'Base', '(default)'),
    named('branch', 'Branch', '(auto)'),
    [
      label('push', 'Push'),
      ...choices(PUSH_MODES, form.push, form.field === 'push', theme, inField),
    ],
    [
      label('loop', 'Loop'),
      ...choices(['off', 'on'], form.loop ? 'on' : 'off', form.field === 'loop', theme, inField),
      span(loopWords(form.loop, inField - LOOP_CELLS), DIM),
    ],
    ...(form.more ? moreLines(form, now, label, theme, inField) : []),
    ...itemField(form, 'subtasks', label('subtasks', 'Subtasks'), theme, inField),
    ...refusal.map((line) => [span(line, theme.look('warning'))]),
  ];
  const most = Math.max(LEAST_PROMPT_ROWS, height - fields.length - 2);
  const room = Math.min(most, Math.max(PROMPT_ROWS, textHeight(form.prompt, width)));
  const focused = form.field === 'prompt';
  const rows = textRows(form.prompt, width, room, focused);
  const prompt: Spans[] = [
    [label('prompt', 'Prompt')],
    ...(form.prompt.text === '' && !focused ? [[span('(empty)', DIM)]] : rows),
  ];
  while (prompt.length <= room) prompt.push([]);
  return scrolledTo(form, [...prompt, [], ...fields], room + 2, height);
}

/** All rows where they fit; else those around the field in use. */
function scrolledTo(form: TaskForm, lines: Spans[], fieldsAt: number, height: number): Spans[] {
  if (lines.length <= height) return lines;
  if (form.refusal !== null) return lines.slice(-height);
  const fields = fieldsOf(form);
  const place = fields.indexOf(form.field);
  // Every field has one row, but for the criteria.
  const more = place > fields.indexOf('criteria') ? criteriaRows(form) - 1 : 0;
  const at = form.field === 'prompt' ? 0 : fieldsAt + place + more - 1;
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), lines.length - height));
  return lines.slice(top, top + height);
}

function criteriaRows({ more, criteria }: TaskForm): number {
  return more ? Math.max(1, Math.min(criteria.items.length, ITEM_ROWS)) : 1;
}

/** What the two choices of the loop take. */
const LOOP_CELLS = '● off  ○ on'.length;
const LOOP_WORDS = [
  'Claude mends checks and answers reviews by itself',
  'Claude answers reviews',
] as const;

/** What the loop is, as far as there is room to say it. */
function loopWords(isOn: boolean, room: number): string {
  const said = LOOP_WORDS.map((words) => (isOn ? `   ${words}` : `   on: ${words}`));
  return said.find((words) => words.length <= room) ?? '';
}

/** A list of texts with an input below, behind its label. */
function itemField(
  form: TaskForm,
  field: 'subtasks' | 'criteria',
  label: Span,
  theme: Theme,
  width: number,
): Spans[] {
  const invitation = field === 'criteria' ? 'add what has to be true' : undefined;
  const lines = itemLines(form[field], form.field === field, theme, width, ITEM_ROWS, invitation);
  return lines.map((line, index) => [index === 0 ? label : span(' '.repeat(LABEL_CELLS)), ...line]);
}

/** The fields that most tasks do without. */
function moreLines(
  form: TaskForm,
  now: number,
  label: (field: TaskField, text: string) => Span,
  theme: Theme,
  width: number,
): Spans[] {
  const after = readAfter(form.after.text);
  const starts = startsWords(form.starts.text, { now, offsetAt: localOffsetAt });
  const every = form.repeats.text.trim() === '' ? null : readEvery(form.repeats.text);
  const line = (
    field: 'after' | 'starts' | 'repeats',
    text: string,
    placeholder: string,
    said: string | Refusal | null,
  ): Spans => [
    label(field, text),
    ...textField(form[field], form.field === field, placeholder, width),
    ...findingSpans(foundOf(said), theme),
  ];
  return [
    [
      label('priority', 'Priority'),
      ...choices(['0', '1', '2', '3'], `${form.priority}`, form.field === 'priority', theme, width),
    ],
    line('after', 'After', '(4, 4:merged, 4:pr_green; Ctrl+T)', isRefusal(after) ? after : null),
    line('starts', 'Starts', '(14:30, tomorrow 9:00, after 10m)', starts),
    line(
      'repeats',
      'Repeats',
      '(1d, mon 09:00, weekdays 08:30)',
      every === null || isRefusal(every) ? every : everyWords(every),
    ),
    ...itemField(form, 'criteria', label('criteria', 'Criteria'), theme, width),
  ];
}

/** What a field comes to, or why it says nothing. */
function foundOf(said: string | Refusal | null): BranchFinding | null {
  if (isRefusal(said)) return { tone: 'warning', text: said.reason };
  return said === null ? null : { tone: 'good', text: said };
}

/** What cannot be a name is said as it is typed; the rest when it was looked at. */
function findingNow(form: TaskForm, field: 'base' | 'branch'): BranchFinding | null {
  const wrong = whyNotBranchName(form[field].text.trim());
  return wrong === undefined ? findingOf(form, field) : { tone: 'warning', text: wrong.reason };
}

/** All choices in a row; the chosen one differs in shape, not in colour alone. */
function choices(
  all: readonly string[],
  chosen: string,
  focused: boolean,
  theme: Theme,
  width: number,
): Span[] {
  const look = focused ? { ...theme.look('accent'), bold: true } : {};
  // Where not all have room, the chosen one must still be seen.
  if (all.join('').length + all.length * CHOICE_CELLS - 2 > width) {
    return [span(`‹ ${chosen} ›`, look)];
  }
  return all.map((choice, index) => {
    const gap = index === all.length - 1 ? '' : '  ';
    if (choice !== chosen) return span(`${GLYPHS.notChosen} ${choice}${gap}`, DIM);
    return span(`${GLYPHS.current} ${choice}${gap}`, look);
  });
}
