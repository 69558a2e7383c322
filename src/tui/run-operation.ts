import { isRefusal } from '#domain/error.ts';
import { call, describeOutput, type Input } from './call.ts';
import { keepMoved } from './calm/hands.ts';
import type { Context } from './context.ts';
import type { ActionId } from './keys/keymap.ts';
import { OPERATION_ACTIONS } from './operation-actions.ts';
import { selectTask } from './view.ts';

/** Runs the operation of an action and says how it went. */
export async function runOperation(
  context: Context,
  action: ActionId,
  input: Input,
): Promise<void> {
  const { app, busy, operations, state, toasts } = context;
  const definition = OPERATION_ACTIONS[action];
  if (definition === undefined) return;
  const id = [input.task].flat()[0];
  const words = `${definition.doing}${typeof id === 'number' ? ` #${id}` : ''} …`;
  try {
    await busy.run(words, async () => {
      const operation = (await operations())[definition.operation];
      const output = await call(app, operation, input);
      if (isRefusal(output)) toasts.refuse(output);
      else {
        if (!definition.quiet) toasts.show(describeOutput(operation, output), 'good');
        if (action === 'undo') showUndone(context, output as { id: number | null });
      }
    });
  } catch (error) {
    toasts.fail(error);
  }
  context.refresh();
  // What the person moves is seen to move.
  if (typeof id === 'number') {
    state.update((view, { tasks }) => ({ ...view, kept: keepMoved(view.kept, tasks, id) }));
  }
}

/** The cursor goes to what came back: the person looks for it. */
function showUndone({ refresh, state }: Context, { id }: { id: number | null }): void {
  refresh();
  if (id !== null) {
    state.update((view, snapshot) => selectTask({ ...view, kept: null }, snapshot, id));
  }
}
