import { expect, test } from 'vitest';
import { fillPrompt } from '#domain/form/template.ts';

test.each([
  ['Fix {cursor} now.', 'the login', 'Fix the login| now.'],
  ['Fix {cursor} now.', '', 'Fix | now.'],
  ['{cursor} and {cursor}', 'a', 'a| and '],
  ['Fix it.', '', 'Fix it.|'],
  ['Fix it.\n', 'The login.', 'Fix it.\n\nThe login.|'],
  ['Fix {cursor}', '$& {cursor}', 'Fix $& {cursor}|'],
])('%j with the words %j', (prompt, words, expected) => {
  const { text, cursor } = fillPrompt(prompt, words);
  expect(`${text.slice(0, cursor)}|${text.slice(cursor)}`).toBe(expected);
});
