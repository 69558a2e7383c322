import { expect, test } from 'vitest';
import { PLAIN_THEME } from '#tui/theme.ts';
import { fieldLabel } from '#tui/widgets/field-label.ts';

test('the field in use has a sign beside its name, and no name moves by it', () => {
  expect(fieldLabel('Mode', 10, true, PLAIN_THEME).text).toBe('Mode    ▸ ');
  expect(fieldLabel('Mode', 10, false, PLAIN_THEME).text).toBe('Mode      ');
  expect(fieldLabel('Subtasks', 10, true, PLAIN_THEME).text).toBe('Subtasks▸ ');
});
