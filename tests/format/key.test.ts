import { expect, test } from 'vitest';
import { keyLabel } from '#format/key.ts';

test.each([
  ['ctrl+d', 'Ctrl+D'],
  ['shift+tab', 'Shift+Tab'],
  ['enter', 'Enter'],
  ['up', '↑'],
  ['J', 'J'],
  ['+', '+'],
])('%s reads as %s', (key, label) => {
  expect(keyLabel(key)).toBe(label);
});
