import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import {
  nameOf,
  openOffers,
  type ProjectForm,
  pasteInProjectForm,
  pressInProjectForm,
  projectForm,
} from '#tui/dialogs/project/form.ts';
import { textState } from '#tui/widgets/text-edit.ts';

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

const offer = (name: string, isRepository = false) => ({ name, path: `~/${name}/`, isRepository });

const OFFERED: ProjectForm = {
  ...projectForm(),
  field: 'path',
  path: textState('~/'),
  offers: {
    text: '~/',
    folders: [offer('code'), offer('shop', true)],
    more: 0,
    nowhere: false,
    selected: null,
  },
};

test('Tab takes the first folder, or the one that an arrow chose; Enter takes only a chosen one', () => {
  expect(press(OFFERED, 'tab')).toMatchObject({ field: 'path', path: { text: '~/code/' } });
  const chosen = press(press(press(OFFERED, 'down'), 'down'), 'down');
  expect(press(chosen, 'tab').path.text).toBe('~/shop/');
  expect(press(chosen, 'enter').path.text).toBe('~/shop/');
  expect(pressInProjectForm(OFFERED, { name: 'enter', text: '' })).toBe('submit');
  expect(openOffers(press(press(chosen, 'up'), 'up'))?.selected).toBeNull();
});

test('Esc sends only the folders away; at a repository and for another text there are none', () => {
  const away = press(OFFERED, 'esc');
  expect(openOffers(away)).toBeNull();
  expect(pressInProjectForm(away, { name: 'esc', text: '' })).toBe('leave');
  expect(openOffers(press(OFFERED, 'x', 'x'))).toBeNull();
  const taken = press(press(press(OFFERED, 'down'), 'down'), 'tab');
  expect(taken.settled).toBe('~/shop/');
  expect(press(taken, 'tab').field).toBe('name');
});

test('the name is that of the folder as long as nobody says another', () => {
  const at = (path: string): ProjectForm => ({ ...projectForm(), path: textState(path) });
  expect(
    ['~/code/shop/', '/srv/app', '.', '..', '', '~', '/'].map((path) => nameOf(at(path))),
  ).toEqual(['shop', 'app', '', '', '', '', '']);
  expect(nameOf({ ...at('~/x'), name: textState(' own ') })).toBe('own');
  const found = { path: '/r/main', name: 'main', remote: null, forge: null, defaultBranch: 'main' };
  expect(nameOf({ ...at('.'), look: { path: '.', found } })).toBe('main');
  expect(nameOf({ ...at('/r/x'), look: { path: '/r/x', found: refuse('No.') } })).toBe('x');
});
