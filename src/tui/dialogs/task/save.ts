import { inSentences, isRefusal, type Refusal } from '#domain/error.ts';
import { readAfter } from '#domain/form/after.ts';
import { readStarts } from '#domain/form/starts.ts';
import { call, describeOutput, type Input } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { selectTask } from '#tui/view.ts';
import { hasTyped, isChanged, type TaskForm, valuesOf } from './form.ts';

/** Creates or changes the task that the form describes and closes the form; what is refused keeps it open, with the reason. */
export async function submitTaskForm(context: Context, form: TaskForm): Promise<void> {
  await saveTaskForm(context, form, form.taskId === null ? {} : { submit: true });
}

/** Esc never destroys: a new task is kept as a draft, changes are saved; what cannot be saved opens again the next time. */
export async function leaveTaskForm(context: Context, form: TaskForm): Promise<void> {
  const { state, toasts } = context;
  const worth = form.taskId === null ? hasTyped(form) : isChanged(form);
  if (!worth) {
    state.update((view) => ({ ...view, dialog: null }));
  } else if (form.refusal === null) {
    await saveTaskForm(context, form, form.taskId === null ? { draft: true } : {});
  } else {
    // It was refused and left again: the person wants out, and the words stay.
    const kept = form.taskId === null ? form : null;
    state.update((view) => ({ ...view, dialog: null, keptForm: kept ?? view.keptForm }));
    if (kept !== null) toasts.show('Not saved; the form opens again with these words.', 'warning');
  }
}

async function saveTaskForm(context: Context, form: TaskForm, more: Input): Promise<void> {
  const { app, busy, operations, state, toasts } = context;
  const refuseForm = (reason: string): void =>
    state.update((view) =>
      view.dialog?.kind === 'task'
        ? { ...view, dialog: { ...view.dialog, refusal: reason } }
        : view,
    );
  try {
    await busy.run('saving …', async () => {
      const { addTask, editTask } = await operations();
      const operation = form.taskId === null ? addTask : editTask;
      const input = inputOf(form);
      const output = isRefusal(input) ? input : await call(app, operation, { ...input, ...more });
      if (isRefusal(output)) {
        refuseForm(inSentences(output));
        return;
      }
      context.refresh();
      state.update((view, snapshot) => {
        const closed = { ...view, dialog: null, keptForm: null };
        const id = (output as { id?: unknown }).id;
        return typeof id === 'number' ? selectTask(closed, snapshot, id) : closed;
      });
      toasts.show(describeOutput(operation, output), 'good');
    });
  } catch (error) {
    refuseForm(error instanceof Error ? error.message : String(error));
    toasts.fail(error);
  }
}

/** What the form says to the operation; of an edited task only what was changed. */
function inputOf(form: TaskForm): Input | Refusal {
  const { prompt, mode, base, branch, push, loop, subtasks, criteria, ...rest } = valuesOf(form);
  const { priority, after, starts, repeats } = rest;
  const { initial } = form;
  const waits = readAfter(after);
  if (isRefusal(waits)) return waits;
  const more = {
    ...(priority === initial.priority ? {} : { priority }),
    ...(after === initial.after ? {} : { after: waits }),
    ...(repeats === initial.repeats ? {} : { every: repeats }),
    ...(starts === initial.starts ? {} : startsInput(starts, initial.starts)),
  };
  const said = {
    description: prompt,
    mode,
    base,
    branch,
    push,
    loop,
    subtask: subtasks.map(({ text }) => text),
    criterion: criteria.map(({ text }) => text),
  };
  if (form.taskId === null) return { project: form.project, ...said, ...more };
  const before: Input = {
    ...initial,
    description: initial.prompt,
    subtask: initial.subtasks.map(({ text }) => text),
    criterion: initial.criteria.map(({ text }) => text),
  };
  const changed = Object.entries(said).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
  );
  return { task: form.taskId, ...Object.fromEntries(changed), ...more };
}

/** The moment and the delay, each if it says something else than before. */
function startsInput(said: string, before: string): Input {
  const [now, was] = [readStarts(said), readStarts(before)];
  return {
    ...(now.at === was.at ? {} : { at: now.at }),
    ...(now.delay === was.delay ? {} : { delay: now.delay }),
  };
}
