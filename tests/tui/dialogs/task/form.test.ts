import { describe, expect, test } from 'vitest';
import {
  type FormResult,
  fieldsOf,
  hasTyped,
  isChanged,
  pasteInForm,
  pressInForm,
  TASK_FIELDS,
  type TaskForm,
  taskForm,
  valuesOf,
} from '#tui/dialogs/task/form.ts';
import { isRecalled, recalled, withoutRecalled } from '#tui/dialogs/task/recall.ts';

const EMPTY = taskForm('app', null, {
  prompt: '',
  mode: 'supervised',
  base: '',
  branch: '',
  push: 'pr',
  loop: false,
  priority: 2,
  after: '',
  starts: '',
  repeats: '',
  subtasks: [],
  criteria: [],
});

const NAMED = /^(up|down|left|right|enter|esc|tab|space|delete|backspace|(shift|alt|ctrl)\+\w+)$/;

function press(form: TaskForm, ...names: string[]): FormResult {
  let result: FormResult = { form };
  for (const name of names) {
    if (typeof result === 'string') return result;
    const text = NAMED.test(name) ? (name === 'space' ? ' ' : '') : name;
    result = pressInForm(result.form, { name, text }, 40);
  }
  return result;
}

function pressed(form: TaskForm, ...names: string[]): TaskForm {
  const result = press(form, ...names);
  if (typeof result === 'string') throw new Error(`the form ended with ${result}`);
  return result.form;
}

describe('the task form', () => {
  test('has seven fields, the prompt first, and Tab goes round both ways', () => {
    expect(TASK_FIELDS).toEqual(['prompt', 'mode', 'base', 'branch', 'push', 'loop', 'subtasks']);
    expect(EMPTY.field).toBe('prompt');
    expect(pressed(EMPTY, ...Array(7).fill('tab')).field).toBe('prompt');
    expect(pressed(EMPTY, 'shift+tab').field).toBe('subtasks');
  });

  test.each(['alt+enter', 'ctrl+j'])('%s makes a new line in the prompt', (key) => {
    expect(pressed(EMPTY, 'one', key, 'two').prompt.text).toBe('one\ntwo');
  });

  test('a backslash before Enter makes a new line too', () => {
    expect(pressed(EMPTY, 'one\\', 'enter', 'two').prompt.text).toBe('one\ntwo');
  });

  test('Enter submits from every field', () => {
    for (let tabs = 0; tabs < 7; tabs += 1) {
      expect(press(EMPTY, ...Array(tabs).fill('tab'), 'enter')).toBe('submit');
    }
  });

  test('Enter after a typed subtask adds it and submits nothing', () => {
    const form = pressed(EMPTY, 'shift+tab', 'kill it', 'enter', 'done', 'enter');
    expect(form.subtasks.items.map(({ text }) => text)).toEqual(['kill it', 'done']);
    expect(press(form, 'enter')).toBe('submit');
  });

  test('a subtask that was typed and not added counts', () => {
    const form = pressed(EMPTY, 'shift+tab', 'write it');
    expect(valuesOf(form).subtasks).toEqual([{ text: 'write it', done: false }]);
  });

  test('arrows go through the choices of mode, push and loop, both ways', () => {
    expect(pressed(EMPTY, 'tab', 'right').mode).toBe('autonomous');
    expect(pressed(EMPTY, 'tab', 'left').mode).toBe('exploration');
    expect(pressed(EMPTY, 'tab', 'tab', 'tab', 'tab', 'right').push).toBe('push');
    expect(pressed(EMPTY, 'shift+tab', 'shift+tab', 'space').loop).toBe(true);
  });

  test('letters change nothing in a choice', () => {
    expect(pressed(EMPTY, 'tab', 'k', 'd', 'q')).toEqual(pressed(EMPTY, 'tab'));
  });

  test('up and down move by rows in the prompt; down from its end goes to the next field', () => {
    const form = pressed(EMPTY, 'one', 'ctrl+j', 'two');
    expect(pressed(form, 'up').prompt.cursor).toBe(3);
    expect(pressed(form, 'up', 'up').field).toBe('prompt');
    expect(pressed(form, 'down').field).toBe('mode');
    expect(pressed(form, 'down', 'up').field).toBe('prompt');
  });

  test('what is pasted goes into the text in use and is never a key', () => {
    const text = 'line\nk q \u001b[A d\n'.repeat(60_000);
    expect(pasteInForm(EMPTY, text).prompt.text).toBe('line\nk q [A d\n'.repeat(60_000));
    const base = pasteInForm(pressed(EMPTY, 'tab', 'tab'), ' feature/x\n');
    expect(base.base.text).toBe('feature/x');
    expect(pasteInForm(pressed(EMPTY, 'tab'), 'autonomous')).toEqual(pressed(EMPTY, 'tab'));
  });

  test('Esc leaves; what was typed is known', () => {
    expect(press(EMPTY, 'esc')).toBe('leave');
    expect(hasTyped(EMPTY)).toBe(false);
    expect(hasTyped(pressed(EMPTY, 'x'))).toBe(true);
    expect(hasTyped(pressed(EMPTY, 'tab', 'right'))).toBe(false);
    expect(isChanged(EMPTY)).toBe(false);
    expect(isChanged(pressed(EMPTY, 'tab', 'right'))).toBe(true);
    expect(isChanged(pressed(EMPTY, 'x', 'backspace'))).toBe(false);
  });
});

describe('the fields that most tasks do without', () => {
  test('are shown by Ctrl+O and hidden by it, and keep what they say', () => {
    const open = pressed(EMPTY, 'ctrl+o');
    expect(open.field).toBe('priority');
    const filled = pressed(open, 'left', 'tab', '4 #5');
    expect(valuesOf(filled)).toMatchObject({ priority: 1, after: '4 #5' });
    expect(hasTyped(filled)).toBe(true);
    const hidden = pressed(filled, 'ctrl+o');
    expect(hidden).toMatchObject({ more: false, field: 'prompt' });
    expect(valuesOf(hidden)).toMatchObject({ priority: 1, after: '4 #5' });
    expect(pressed(open, '0').priority).toBe(0);
    expect(fieldsOf(open)).toHaveLength(12);
    const times = pressed(open, 'tab', 'tab', '+2h', 'tab', '1d');
    expect(valuesOf(times)).toMatchObject({ starts: '+2h', repeats: '1d' });
    expect(hasTyped(times)).toBe(true);
    expect(pressed(times, 'tab', 'tab').field).toBe('subtasks');
    const criterion = pressed(times, 'tab', 'It builds', 'enter', 'It is fast');
    expect(valuesOf(criterion).criteria.map(({ text }) => text)).toEqual([
      'It builds',
      'It is fast',
    ]);
    expect(hasTyped(criterion)).toBe(true);
    const pasted = pasteInForm(pressed(times, 'tab'), 'one\ntwo');
    expect(valuesOf(pasted).criteria).toHaveLength(2);
  });

  test('are shown at once where they say something', () => {
    expect(taskForm('app', 7, { ...EMPTY.initial, after: '#4' }).more).toBe(true);
    expect(taskForm('app', 7, { ...EMPTY.initial, priority: 0 }).more).toBe(true);
    expect(taskForm('app', 7, { ...EMPTY.initial, repeats: '1d' }).more).toBe(true);
    expect(EMPTY.more).toBe(false);
  });
});

describe('earlier prompts', () => {
  const with3: TaskForm = {
    ...EMPTY,
    recall: { prompts: ['new', 'old\nlines', 'oldest'], before: null, at: -1, typed: EMPTY.prompt },
  };
  const back = (form: TaskForm, by: 1 | -1 = 1): TaskForm => recalled(form, by) ?? form;

  test('are wanted by Up in an empty prompt, and at the top of one that was typed', () => {
    expect(press(EMPTY, 'up')).toBe('older');
    const typed = pressed(EMPTY, 'one', 'ctrl+j', 'two', 'up', 'up');
    expect(typed.prompt).toMatchObject({ text: 'one\ntwo', cursor: 0 });
    expect(press(typed, 'up')).toBe('older');
  });

  test('are not offered for a task that has a prompt already', () => {
    const edited = taskForm('app', 7, { ...EMPTY.initial, prompt: 'x' });
    expect(pressed(edited, 'up', 'up').prompt.cursor).toBe(0);
  });

  test('go back and forth, and Down comes back to what was typed', () => {
    const typed = pressed(with3, 'mine', 'up');
    const older = back(back(typed));
    expect(older.prompt).toMatchObject({ text: 'old\nlines', cursor: 0 });
    expect(press(older, 'up')).toBe('older');
    expect(press(pressed(older, 'down'), 'down')).toBe('newer');
    expect(back(back(older, -1), -1).prompt.text).toBe('mine');
    expect(recalled(back(older), 1)).toBeNull();
  });

  test('one that was changed is a text of its own', () => {
    const changed = pressed(back(with3), '!');
    expect(isRecalled(changed)).toBe(false);
    expect(back(back(changed), -1).prompt.text).toBe('!new');
  });

  test('one that was only looked at is not kept', () => {
    const typed = pressed(with3, 'mine', 'up');
    expect(withoutRecalled(back(typed)).prompt.text).toBe('mine');
    expect(hasTyped(withoutRecalled(back(with3)))).toBe(false);
  });
});
