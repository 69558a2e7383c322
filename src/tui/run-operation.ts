import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { call, describeOutput, type Input } from './call.ts';
import { keepMoved } from './calm/hands.ts';
import type { Context } from './context.ts';
import type { ActionId } from './keys/keymap.ts';
import { OPERATION_ACTIONS } from './operation-actions.ts';
import { selectTask } from './view.ts';

/**
 * Runs the operation of an action and says how it went; what asked for a text shows a refusal by itself. Returns why it was not done, null
 * when it was, undefined when the same is being done already.
 */
export async function runOperation(
  context: Context,
  action: ActionId,
  input: Input,
): Promise<Refusal | null | undefined> {
  const { app, busy, operations, state, toasts } = context;
  const definition = OPERATION_ACTIONS[action];
  if (definition === undefined) return undefined;
  const id = [input.task].flat()[0];
  const words = `${definition.doing}${typeof id === 'number' ? ` #${id}` : ''} …`;
  let answer: Refusal | null | undefined;
  try {
    answer = await busy.run(words, async () => {
      const operation = (await operations())[definition.operation];
      const output = await call(app, operation, input);
      if (isRefusal(output)) {
        if (definition.ask === undefined) toasts.refuse(output);
        return output;
      }
      tell(context, action, typeof id === 'number' ? id : null, describeOutput(operation, output));
      if (action === 'undo') showUndone(context, output as { id: number | null });
      return null;
    });
  } catch (error) {
    toasts.fail(error);
    answer = refuse(error instanceof Error ? error.message : String(error));
  }
  context.refresh();
  // What the person moves is seen to move.
  if (typeof id === 'number') {
    state.update((view, { tasks }) => ({ ...view, kept: keepMoved(view.kept, tasks, id) }));
  }
  return answer;
}

/** What happened, where it is to be read. */
function tell({ state, toasts }: Context, action: ActionId, id: number | null, said: string): void {
  const { page, end, quiet } = OPERATION_ACTIONS[action] ?? {};
  if (page !== undefined) {
    const top = end ? Number.MAX_SAFE_INTEGER : 0;
    const dialog = {
      kind: 'page',
      title: id === null ? page : `#${id}: ${page}`,
      text: said,
      top,
    } as const;
    // Whoever opened something meanwhile has turned to that.
    state.update((view) => (view.dialog === null ? { ...view, dialog } : view));
  } else if (!quiet) toasts.show(said, 'good');
}

/** The cursor goes to what came back: the person looks for it. */
function showUndone({ refresh, state }: Context, { id }: { id: number | null }): void {
  refresh();
  if (id !== null) {
    state.update((view, snapshot) => selectTask({ ...view, kept: null }, snapshot, id));
  }
}
