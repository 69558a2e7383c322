import { isRefusal } from '#domain/error.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { showDialog } from '#tui/dialogs/kind.ts';
import { replaceText, type TextState } from '#tui/widgets/text-edit.ts';
import type { TaskForm } from './form.ts';

/** Earlier prompts of the project, the newest first. */
export interface Recall {
  readonly prompts: readonly string[];
  /** Where older ones go on; null when these are all. */
  readonly before: number | null;
  /** The one that was brought back last; -1 for none. */
  readonly at: number;
  /** What stood there before. */
  readonly typed: TextState;
}

/** Whether the prompt is an earlier one, as it was. */
export function isRecalled({ recall, prompt }: TaskForm): boolean {
  return recall !== null && recall.at >= 0 && recall.prompts[recall.at] === prompt.text;
}

/** The form without an earlier prompt that was only looked at. */
export function withoutRecalled(form: TaskForm): TaskForm {
  return isRecalled(form) && form.recall !== null ? { ...form, prompt: form.recall.typed } : form;
}

/** The form with the prompt that lies so many steps from the one that it shows; null when none that is known lies there. */
export function recalled(form: TaskForm, by: 1 | -1): TaskForm | null {
  const { recall } = form;
  if (recall === null) return null;
  const shown = isRecalled(form);
  // What was typed since is what Down comes back to.
  const typed = shown ? recall.typed : form.prompt;
  const at = (shown ? recall.at : -1) + by;
  if (at === -1) return { ...form, prompt: typed, recall: { ...recall, at } };
  const text = recall.prompts[at];
  if (text === undefined) return null;
  const prompt = replaceText(form.prompt, text, by === 1 ? 0 : text.length);
  return { ...form, refusal: null, prompt, recall: { ...recall, at, typed } };
}

/** Brings an earlier prompt into the form; they are read when somebody goes there, a window at a time. */
export async function recallPrompt(context: Context, form: TaskForm, by: 1 | -1): Promise<void> {
  const { app, busy, operations, state, toasts } = context;
  const known = recalled(form, by);
  if (known !== null) {
    showDialog(context, known);
    return;
  }
  const before = form.recall?.before ?? null;
  if (by === -1 || (form.recall !== null && before === null)) return;
  try {
    await busy.run('reading earlier prompts …', async () => {
      const { recallPrompts } = await operations();
      const output = await call(app, recallPrompts, { project: form.project, before });
      if (isRefusal(output)) {
        toasts.refuse(output);
        return;
      }
      const found = output as Pick<Recall, 'prompts' | 'before'>;
      state.update((view) => {
        const now = view.dialog;
        // Whoever typed on meanwhile does not want another text in its place.
        if (now?.kind !== 'task' || now.prompt.text !== form.prompt.text) return view;
        const prompts = [...(form.recall?.prompts ?? []), ...found.prompts];
        const at = form.recall?.at ?? -1;
        const recall = {
          prompts,
          before: found.before,
          at,
          typed: form.recall?.typed ?? now.prompt,
        };
        const next: TaskForm = { ...now, recall };
        return { ...view, dialog: recalled(next, by) ?? next };
      });
    });
  } catch (error) {
    toasts.fail(error);
  }
}
