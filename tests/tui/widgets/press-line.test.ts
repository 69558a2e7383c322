import { expect, test } from 'vitest';
import { createKeymap, type Keymap, PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import { pressLine } from '#tui/widgets/press-line.ts';

const said = (keymap: Keymap) =>
  pressLine(keymap, 'add_project', 'to add one')
    .map(({ text }) => text)
    .join('');

test('the key stands out, and is the person’s own', () => {
  expect(pressLine(PLAIN_KEYMAP, 'add_project', 'to add one')[1]).toEqual({
    text: 'a',
    look: { bold: true },
  });
  expect(said(createKeymap({ add_project: 'A' }) as Keymap)).toBe('Press A to add one.');
  expect(said(createKeymap({ add_project: '' }) as Keymap)).toBe(
    'Choose “add a project” among the commands (:) to add one.',
  );
});
