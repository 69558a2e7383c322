import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { defineOperation } from '#operations/operation.ts';

/** Gives the prompt that is being written to the person's editor, and this terminal with it. Changes no task. */
export const editPrompt = defineOperation({
  name: 'prompt.edit',
  summary: 'Edit a text in the editor.',
  input: z.object({ text: z.string() }),
  async run({ desktop }, given) {
    const text = await desktop.editText(given.text);
    return isRefusal(text) ? text : { text };
  },
});
