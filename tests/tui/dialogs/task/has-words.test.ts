import { expect, test } from 'vitest';
import { hasWords } from '#tui/dialogs/task/has-words.ts';

test.each([
  ['#12 Fix the Login', 'login fix', true],
  ['#12 Fix the Login', '12', true],
  ['#12 Fix the Login', 'fix logout', false],
  ['#12 Fix the Login', '', true],
  ['#12 Fix the Login', 'fix ', true],
])('"%s" has the words of "%s": %s', (text, filter, has) => {
  expect(hasWords(text, filter)).toBe(has);
});
