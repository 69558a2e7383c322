import { isRefusal } from '#domain/error.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { replaceText } from '#tui/widgets/text-edit.ts';
import type { TaskForm } from './form.ts';

/** Gives the prompt to the person's editor, and the whole terminal with it; what comes back stands in the form. */
export async function editInEditor(context: Context, form: TaskForm): Promise<void> {
  const { app, operations, state, terminal, toasts } = context;
  try {
    const { editPrompt } = await operations();
    let output: unknown;
    await terminal.lend(async () => {
      output = await call(app, editPrompt, { text: form.prompt.text });
    });
    if (isRefusal(output)) {
      toasts.refuse(output);
      return;
    }
    const { text } = output as { text: string };
    state.update((view) => {
      if (view.dialog?.kind !== 'task') return view;
      const prompt = replaceText(view.dialog.prompt, text);
      return { ...view, dialog: { ...view.dialog, field: 'prompt', prompt, refusal: null } };
    });
  } catch (error) {
    toasts.fail(error);
  }
}
