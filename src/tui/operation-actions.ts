import type { TaskRow } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { readAfter, writeAfter } from '#domain/form/after.ts';
import { FIX_POLICIES } from '#domain/pull-request/round.ts';
import { DEFAULT_PRIORITY } from '#domain/task.ts';
import type { Input, OperationName } from './call.ts';
import type { ActionId } from './keys/keymap.ts';

/** An action that calls one operation for what is selected. */
export interface OperationAction {
  readonly operation: OperationName;
  readonly on: 'task' | 'project' | 'all';
  /** Made of the project's name. */
  readonly projectInput: (name: string) => Input;
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
  /** Its answer is a text to read, under this title. */
  readonly page?: string;
  /** The end of that text is what is looked for. */
  readonly end?: true;
  /** Something has to be said first. */
  readonly ask?: Ask;
}

/** What is asked for in one field before an action. */
interface Ask {
  readonly title: string;
  readonly about: string;
  readonly multiline?: true;
  /** What stands in the field at first. */
  readonly initial?: (row: TaskRow) => string;
  readonly input: (task: number, text: string) => Input | Refusal;
}

const task = (id: number): Input => ({ task: id });

function action(
  operation: OperationName,
  doing: string,
  more: Partial<OperationAction> = {},
): OperationAction {
  const asking = 'looking what would be saved';
  const inputs = { input: task, projectInput: (name: string) => ({ name }) };
  return { operation, on: 'task', ...inputs, doing, asks: false, asking, quiet: false, ...more };
}

/** The smaller the number, the more urgent. */
function urgency(by: number): OperationAction {
  return action('editTask', 'changing the priority of', {
    input: (id, row) => ({ task: id, priority: (row?.priority ?? DEFAULT_PRIORITY) + by }),
    quiet: true,
  });
}

function merging(more: Input): OperationAction {
  return action('mergeTask', 'merging', {
    input: (id) => ({ task: id, ...more }),
    asks: true,
    asking: 'looking what would be merged',
  });
}

function stopping(more: Partial<OperationAction>): OperationAction {
  return action('stopQueue', 'stopping', { ...more, asks: true, asking: 'looking what works' });
}

const project = (name: string): Input => ({ project: name });

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
  // The question says it when a draft is made ready first.
  merge: merging({ ready: true }),
  merge_later: merging({ ready: true, auto: true }),
  reopen: action('reopenPullRequest', 'reopening the pull request of'),
  fix: action('fixTask', 'telling Claude of'),
  verify: action('verifyTask', 'running the gates of', { page: 'its gates' }),
  verify_criteria: action('verifyTask', 'checking the criteria of', {
    input: (id) => ({ task: id, criteria: true }),
    page: 'its gates and criteria',
  }),
  remove: action('removeTask', 'deleting', { asks: true }),
  restore: action('restoreTask', 'restoring'),
  undo: action('undoAction', 'undoing', { on: 'all' }),
  retry: action('retryTask', 'retrying'),
  open: action('openTask', 'opening', {
    input: (id, row) =>
      row?.status === 'ci_failed' ? { task: id, check: true, elsePullRequest: true } : { task: id },
  }),
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
  doctor: action('runDoctor', 'checking', { on: 'all', page: 'Tools, logins and settings' }),
  why: action('whyTask', 'asking why', { page: 'why it stands where it stands' }),
  logs: action('sessionLogs', 'reading', { page: 'the text of its pane', end: true }),
  setup_log: action('sessionLogs', 'reading', {
    page: 'the log of its setup',
    end: true,
    input: (id) => ({ task: id, setup: true }),
  }),
  send: action('sendToSession', 'sending to', {
    ask: {
      title: 'Send a prompt to Claude',
      about: 'It is sent when Claude waits at its prompt.',
      multiline: true,
      input: (id, text) => ({ task: id, text }),
    },
  }),
  rename: action('editTask', 'changing', {
    ask: {
      title: 'Change the title',
      about: 'A title that differs from the prompt stays when the prompt changes.',
      initial: ({ title }) => title,
      input: (id, text) => ({ task: id, title: text }),
    },
  }),
  set_priority: action('editTask', 'changing', {
    ask: {
      title: 'Change the priority',
      about: '0 is most urgent, 3 least, 2 is usual.',
      initial: ({ priority }) => String(priority),
      input: (id, text) =>
        /^\s*[0-3]\s*$/.test(text)
          ? { task: id, priority: Number(text) }
          : refuse('A priority is 0, 1, 2 or 3.', undefined, 'invalid'),
    },
  }),
  set_after: action('editTask', 'changing', {
    ask: {
      title: 'Wait for other tasks',
      about:
        'Their numbers, like "12 15"; "12:merged" waits for the merge, "12:pr_green" stacks it on that task; empty: for none.',
      initial: ({ openBefore }) => writeAfter(openBefore),
      input: (id, text) => {
        const after = readAfter(text);
        return isRefusal(after) ? after : { task: id, after };
      },
    },
  }),
  set_fix: action('editTask', 'changing', {
    ask: {
      title: 'Fixing: checks, conflicts, comments',
      about: '"automatic": Claude is told by itself; "ask": when you say so; "off": nothing.',
      initial: ({ fix }) => fix ?? '',
      input: (id, text) => {
        const fix = FIX_POLICIES.find((each) => each === text.trim().toLowerCase());
        return fix === undefined
          ? refuse('Write automatic, ask or off.', undefined, 'invalid')
          : { task: id, fix };
      },
    },
  }),
  toggle_loop: action('editTask', 'changing', {
    input: (id, row) => ({ task: id, loop: row?.loop !== true }),
  }),
  make_pending: action('editTask', 'changing', { input: (id) => ({ task: id, submit: true }) }),
  make_draft: action('editTask', 'changing', { input: (id) => ({ task: id, draft: true }) }),
  pause_queue: action('turnQueue', 'turning the switch', { on: 'project', projectInput: project }),
  pause_all: action('turnQueue', 'turning the switch', { on: 'all' }),
  stop_queue: stopping({ on: 'project', projectInput: project }),
  stop_all: stopping({ on: 'all' }),
  remove_project: action('removeProject', 'forgetting the project', {
    on: 'project',
    asks: true,
    asking: 'looking what would be forgotten',
  }),
};
