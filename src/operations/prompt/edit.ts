import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { openCommand, programName } from '#domain/program.ts';
import { defineOperation } from '#operations/operation.ts';
import { editorsOf } from '#operations/worktree/tool.ts';

/** Words with which programs that open a window are told to stay until it is closed. */
const WAITS = /^(?:-w|-W|--wait|--block|--nofork)$/;

/** Gives the prompt that is being written to the person's editor, and this terminal with it. Changes no task. */
export const editPrompt = defineOperation({
  name: 'prompt.edit',
  summary: 'Edit a text in the editor.',
  input: z.object({ text: z.string() }),
  async run(app, given) {
    const words = waitingEditor(app);
    const text = await app.desktop.editText(given.text, (path) => {
      const worktree = path.slice(0, path.lastIndexOf('/'));
      return openCommand(words, { worktree, file: path, line: null }, 'place');
    });
    return isRefusal(text) ? text : { text };
  },
});

/** The person's editor, as words; one that opens a window and does not wait for its end is no good here. */
function waitingEditor(app: Pick<App, 'config' | 'host'>): string[] {
  const { windows } = app.config.settings.tools;
  const waiting = editorsOf(app).find(
    ([program = '', ...args]) =>
      !windows.includes(programName(program)) || args.some((word) => WAITS.test(word)),
  );
  return waiting ?? ['vi'];
}
