import { isRefusal, type Refusal } from '#domain/error.ts';
import type { DiffReading } from '#operations/diff/read.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { selectedTask } from '#tui/view.ts';
import { type DiffDialog, openReader, remade, type WorkNumbers } from './reader.ts';

/** Reads the diff of the selected task and opens it, unless the person went elsewhere meanwhile. */
export async function openDiff(context: Context): Promise<void> {
  const { state } = context;
  const { snapshot, view } = state.get();
  const row = selectedTask(snapshot, view);
  if (row === null) return;
  const reading = await read(context, row.id);
  if (reading === null) return;
  state.update((now) =>
    now.dialog === null && now.taskId === row.id
      ? { ...now, dialog: openReader(row.title, reading, knownNumbers(context, row.id)) }
      : now,
  );
}

/** Reads the diff again; the cursor stays on the same line. */
export async function readAgain(context: Context, taskId: number): Promise<void> {
  const reading = await read(context, taskId);
  if (reading === null) return;
  const numbers = knownNumbers(context, taskId);
  updateReader(context, taskId, (reader) => ({ ...remade(reader, { reading }), numbers }));
}

function knownNumbers({ state }: Pick<Context, 'state'>, taskId: number): WorkNumbers | null {
  return state.get().snapshot.progress.get(taskId)?.work ?? null;
}

async function read(
  { app, busy, operations, toasts }: Context,
  task: number,
): Promise<DiffReading | null> {
  try {
    const output = await busy.run(`reading the diff of #${task} …`, async () =>
      call(app, (await operations()).readDiff, { task }),
    );
    if (isRefusal(output)) toasts.refuse(output);
    return output === undefined || isRefusal(output) ? null : (output as DiffReading);
  } catch (error) {
    toasts.fail(error);
    return null;
  }
}

/** Changes the reader of this task wherever it is: open, or behind what is written over it. */
export function updateReader(
  { state }: Pick<Context, 'state'>,
  taskId: number,
  change: (reader: DiffDialog) => DiffDialog,
): void {
  state.update((view) => {
    const { dialog } = view;
    if (dialog?.kind === 'diff' && dialog.taskId === taskId) {
      return { ...view, dialog: change(dialog) };
    }
    if (dialog?.kind === 'comment' && dialog.reader.taskId === taskId) {
      return { ...view, dialog: { ...dialog, reader: change(dialog.reader) } };
    }
    return view;
  });
}

/** Runs an operation of the reader; what is refused or fails is said, and null comes back. */
export async function perform<T>(
  { app, busy, operations, toasts }: Context,
  words: string,
  name: 'viewFile' | 'addComment' | 'editComment' | 'removeComment' | 'sendComments',
  input: Readonly<Record<string, unknown>>,
  onRefusal: (refusal: Refusal) => void = toasts.refuse,
): Promise<T | null> {
  try {
    const output = await busy.runAgain(words, async () =>
      call(app, (await operations())[name], input),
    );
    if (!isRefusal(output)) return output as T;
    onRefusal(output);
  } catch (error) {
    toasts.fail(error);
  }
  return null;
}
