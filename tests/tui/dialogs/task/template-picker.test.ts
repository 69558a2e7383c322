import { expect, test } from 'vitest';
import type { Template } from '#domain/form/template.ts';
import { type TaskForm, taskForm } from '#tui/dialogs/task/form.ts';
import {
  pasteInPicker,
  pressInPicker,
  shownTemplates,
  templatePicker,
} from '#tui/dialogs/task/template-picker.ts';
import { insertText } from '#tui/widgets/text-edit.ts';

const template = (name: string, more: Partial<Template> = {}): Template => ({
  name,
  prompt: null,
  mode: null,
  base: null,
  branch: null,
  push: null,
  loop: null,
  subtasks: [],
  ...more,
});

const BUG = template('bug', {
  prompt: 'Fix {cursor} now.',
  mode: 'autonomous',
  base: 'develop',
  loop: true,
  subtasks: ['test', 'fix'],
});

const EMPTY = taskForm('app', null, {
  prompt: '',
  mode: 'supervised',
  base: 'main',
  branch: 'mine',
  push: 'pr',
  loop: false,
  priority: 2,
  after: '',
  starts: '',
  repeats: '',
  subtasks: [{ text: 'test', done: false }],
  criteria: [],
});

function press(form: TaskForm, ...names: string[]): TaskForm {
  return names.reduce((now, name) => {
    if (now.picker === null) throw new Error('the picker is closed');
    const text = /^(up|down|enter|esc)$/.test(name) ? '' : name;
    return pressInPicker(now, now.picker, { name, text });
  }, form);
}

const OPEN: TaskForm = {
  ...EMPTY,
  prompt: insertText(EMPTY.prompt, 'the login', true),
  picker: templatePicker([template('idea', { prompt: 'Think about it' }), BUG, template('x')]),
};

test('typing narrows the templates down, in name and prompt, with any first letter', () => {
  const names = (form: TaskForm) => form.picker && shownTemplates(form.picker).map((t) => t.name);
  expect(names(OPEN)).toEqual(['idea', 'bug', 'x']);
  expect(names(press(OPEN, 'THINK it'))).toEqual(['idea']);
  expect(names(press(OPEN, 'q'))).toEqual([]);
  expect(press(press(OPEN, 'q'), 'enter').picker).not.toBeNull();
  const pasted = OPEN.picker && pasteInPicker(OPEN, OPEN.picker, ' bug\n');
  expect(pasted && names(pasted)).toEqual(['bug']);
});

test('the chosen one fills what it says and leaves the rest; what was typed goes into its prompt', () => {
  const filled = press(OPEN, 'down', 'down', 'down', 'up', 'enter');
  expect(filled).toMatchObject({
    picker: null,
    field: 'prompt',
    prompt: { text: 'Fix the login now.', cursor: 'Fix the login'.length },
    mode: 'autonomous',
    base: { text: 'develop' },
    branch: { text: 'mine' },
    push: 'pr',
    loop: true,
  });
  expect(filled.subtasks.items.map(({ text }) => text)).toEqual(['test', 'fix']);
});

test('Esc leaves the form as it was', () => {
  expect(press(OPEN, 'down', 'esc')).toEqual({ ...OPEN, picker: null });
});
