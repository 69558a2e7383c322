import { isRefusal } from '#domain/error.ts';
import { call, describeOutput, type Input } from './call.ts';
import type { Context } from './context.ts';
import type { ActionId } from './keys/keymap.ts';
import { OPERATION_ACTIONS } from './operation-actions.ts';

/** Runs the operation of an action and says how it went. */
export async function runOperation(
  context: Context,
  action: ActionId,
  input: Input,
): Promise<void> {
  const { app, busy, operations, toasts, state } = context;
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
        if (action === 'remove' && typeof id === 'number') {
          state.update((view) => ({ ...view, removedTaskId: id }));
        }
        if (action === 'restore') state.update((view) => ({ ...view, removedTaskId: null }));
      }
    });
  } catch (error) {
    toasts.fail(error);
  }
  context.refresh();
}
