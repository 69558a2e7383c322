import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { editPrompt } from '#operations/prompt/edit.ts';
import { fakeApp } from '../../support/fake-app.ts';

test('the text is that of the editor, or its refusal', async () => {
  const app = fakeApp({ desktop: { editText: async (text) => `${text}!` } });
  expect(await editPrompt.run(app, { text: 'one' })).toEqual({ text: 'one!' });
  const without = fakeApp({ desktop: { editText: async () => refuse('No editor.') } });
  expect(await editPrompt.run(without, { text: 'one' })).toMatchObject({ reason: 'No editor.' });
});
