import { expect, test } from 'vitest';
import { pasteInProjectForm, pressInProjectForm, projectForm } from '#tui/dialogs/project/form.ts';

const press = (form: ReturnType<typeof projectForm>, name: string, text = '') => {
  const result = pressInProjectForm(form, { name, text });
  if (typeof result === 'string') throw new Error(result);
  return result.form;
};

test('the project form begins with the name; an empty path is where claustre was started', () => {
  const form = press(projectForm(), 'shop', 'shop');
  expect(form).toMatchObject({ field: 'name', name: { text: 'shop' }, path: { text: '' } });
});

test('Tab and arrows change the field, Enter submits from both, Esc leaves', () => {
  const form = press(projectForm(), 'tab');
  expect(form.field).toBe('path');
  expect(press(form, 'up').field).toBe('name');
  expect(pressInProjectForm(form, { name: 'enter', text: '' })).toBe('submit');
  expect(pressInProjectForm(projectForm(), { name: 'enter', text: '' })).toBe('submit');
  expect(pressInProjectForm(form, { name: 'esc', text: '' })).toBe('leave');
});

test('a pasted path loses its line end', () => {
  const form = press(projectForm(), 'tab');
  expect(pasteInProjectForm(form, '/repos/shop\n').path.text).toBe('/repos/shop');
});
