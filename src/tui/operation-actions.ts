import type { TaskRow } from '#app.ts';
import { DEFAULT_PRIORITY } from '#domain/task.ts';
import type { Input, OperationName } from './call.ts';
import type { ActionId } from './keys/keymap.ts';

/** An action that calls one operation for what is selected. */
export interface OperationAction {
  readonly operation: OperationName;
  readonly on: 'task' | 'project' | 'all';
  /** Made of the task's id, and of what the queue knows of it. */
  readonly input: (task: number, row: TaskRow | null) => Input;
  /** What is being done, for the status line. */
  readonly doing: string;
  /** Its operation says what will happen, and the person is asked. */
  readonly asks: boolean;
  /** What is being done until the question is known. */
  readonly asking: string;
  /** The screen shows it by itself. */
  readonly quiet: boolean;
}

const task = (id: number): Input => ({ task: id });

function action(
  operation: OperationName,
  doing: string,
  more: Partial<OperationAction> = {},
): OperationAction {
  const asking = 'looking what would be saved';
  return { operation, on: 'task', input: task, doing, asks: false, asking, quiet: false, ...more };
}

/** The smaller the number, the more urgent. */
function urgency(by: number): OperationAction {
  return action('editTask', 'changing the priority of', {
    input: (id, row) => ({ task: id, priority: (row?.priority ?? DEFAULT_PRIORITY) + by }),
    quiet: true,
  });
}

function panes(
  what: 'right' | 'down' | 'close' | 'zoom' | 'next' | 'previous',
  doing: string,
  more: Partial<OperationAction> = {},
): OperationAction {
  const input = (id: number): Input => ({ task: id, action: what });
  return action('changePanes', doing, { input, ...more });
}

export const OPERATION_ACTIONS: Partial<Record<ActionId, OperationAction>> = {
  launch: action('launchTask', 'launching', { input: (id) => ({ task: [id] }) }),
  kill: action('killTask', 'killing', { asks: true }),
  done: action('finishTask', 'finishing', { asks: true }),
  merge: action('mergeTask', 'merging', { asks: true, asking: 'looking what would be merged' }),
  remove: action('removeTask', 'deleting', { asks: true }),
  restore: action('restoreTask', 'restoring'),
  undo: action('undoAction', 'undoing', { on: 'all' }),
  retry: action('retryTask', 'retrying'),
  open: action('openTask', 'opening'),
  answer_yes: action('answerSession', 'answering'),
  move_up: action('moveTask', 'moving', {
    input: (id) => ({ task: id, direction: 'up' }),
    quiet: true,
  }),
  move_down: action('moveTask', 'moving', {
    input: (id) => ({ task: id, direction: 'down' }),
    quiet: true,
  }),
  more_urgent: urgency(-1),
  less_urgent: urgency(1),
  split_right: panes('right', 'splitting'),
  split_down: panes('down', 'splitting'),
  close_pane: panes('close', 'closing the pane', { asks: true, asking: 'looking what runs there' }),
  zoom_pane: panes('zoom', 'zooming'),
  next_pane: panes('next', 'changing the pane'),
  previous_pane: panes('previous', 'changing the pane'),
  remove_project: action('removeProject', 'forgetting the project', {
    on: 'project',
    asks: true,
    asking: 'looking what would be forgotten',
  }),
};
