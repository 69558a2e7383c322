import type { Snapshot, TaskRow } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { whyNotMove } from '#domain/finished.ts';
import { isParked } from '#domain/parking/park.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, nextStatus, whyNotEdit, whyNotLaunch } from '#domain/task.ts';
import { attentionOf, canFix, redGateOf } from './attention.ts';
import type { ActionId } from './keys/keymap.ts';
import type { Keymap } from './keys/own-keys.ts';
import { pressTo } from './keys/sentences.ts';
import { selectedProject, selectedTask, type View } from './view.ts';

/** What a rule about a task looks at. */
interface Selected {
  readonly task: TaskRow;
  readonly session: Session | undefined;
  readonly pullRequest: PullRequest | undefined;
  /** Whether Claude can be told to fix something of it. */
  readonly canFix: () => boolean;
  /** A gate keeps the work of a person's own task from being delivered. */
  readonly hasRedGate: boolean;
  /** For sentences that name a key. */
  readonly keymap: Keymap;
}

const noProject = (keymap: Keymap): Refusal =>
  refuse('There is no project yet.', pressTo(keymap, 'add_project', 'to add one'));
const launchIt = (keymap: Keymap): string => pressTo(keymap, 'launch', 'to launch it');

function whyNoWorktree({ task, session, keymap }: Selected): Refusal | undefined {
  if (session !== undefined && session.baseCommit !== null) return undefined;
  return task.status === 'done'
    ? refuse(`Task #${task.id} is done and has no worktree.`)
    : refuse(`Task #${task.id} has no worktree.`, launchIt(keymap));
}

function whyNoMerge({ task, pullRequest, keymap }: Selected): Refusal | undefined {
  if (task.push === 'local') {
    return isReviewed(task.status)
      ? undefined
      : refuse(`Task #${task.id} is not in review: there is nothing to merge yet.`);
  }
  if (pullRequest === undefined) {
    return refuse(`Task #${task.id} has no pull request to merge.`);
  }
  // One that is merged while its task is not done is finished by the same operation.
  if (pullRequest.state === 'closed') {
    return refuse(
      `The pull request of #${task.id} was closed.`,
      pressTo(keymap, 'palette', 'to find "reopen"'),
    );
  }
  return task.status === 'done' ? refuse(`Task #${task.id} is done.`) : undefined;
}

function isRunning(session: Session | undefined): boolean {
  const name = session?.activity.name;
  return name !== undefined && name !== 'ended' && name !== 'lost';
}

/** Why a task's action does nothing now; the same sentence greys its key out and answers the key. Operations have the last word. */
const TASK_RULES: Partial<Record<ActionId, (selected: Selected) => Refusal | undefined>> = {
  attach: ({ task, session, keymap }) => {
    if (session !== undefined) return undefined;
    return task.status === 'done'
      ? refuse(`Task #${task.id} is done and has no session.`)
      : refuse(`Task #${task.id} has no session.`, launchIt(keymap));
  },
  split_right: whyNoPane,
  split_down: whyNoPane,
  close_pane: whyNoPane,
  zoom_pane: whyNoPane,
  next_pane: whyNoPane,
  previous_pane: whyNoPane,
  type: ({ task, session, keymap }) => {
    if (session === undefined) return refuse(`Task #${task.id} has no session.`, launchIt(keymap));
    const { name } = session.activity;
    if (session.runner === 'headless') {
      return refuse(
        `Claude prints in #${task.id}: there is nothing to type into.`,
        pressTo(keymap, 'send', 'to tell it something'),
      );
    }
    if (isParked(session)) {
      return refuse(`Claude is parked in #${task.id}.`, pressTo(keymap, 'launch', 'to wake it'));
    }
    return session.pane === null || name === 'ended' || name === 'lost'
      ? refuse(
          `Claude has ended in #${task.id}.`,
          pressTo(keymap, 'launch', 'to resume its conversation'),
        )
      : undefined;
  },
  launch: ({ task, session, keymap }) => {
    if (task.status === 'working' && isRunning(session)) {
      const purpose = 'to go into its session';
      return refuse(`Task #${task.id} works already.`, pressTo(keymap, 'attach', purpose));
    }
    const wrong = whyNotLaunch(task, task.openBefore, session !== undefined);
    return wrong !== undefined && task.status === 'error'
      ? refuse(wrong.reason, pressTo(keymap, 'retry', 'to try it again'))
      : wrong;
  },
  edit: ({ task }) => whyNotEdit(task),
  kill: ({ task, session }) =>
    session !== undefined || (task.status !== 'pending' && nextStatus(task.status, 'kill') !== null)
      ? undefined
      : refuse(`Task #${task.id} has no session to kill.`),
  done: ({ task }) =>
    nextStatus(task.status, 'finish') === null
      ? refuse(`Task #${task.id} is done already.`)
      : undefined,
  retry: ({ task, keymap }) =>
    task.status === 'error' || task.held === 'setup failed' || task.held === 'launch failed'
      ? undefined
      : refuse(`Task #${task.id} has not failed.`, launchIt(keymap)),
  merge: whyNoMerge,
  merge_later: whyNoMerge,
  reopen: ({ task, pullRequest }) =>
    pullRequest?.state === 'closed'
      ? undefined
      : refuse(`Task #${task.id} has no closed pull request.`),
  fix: ({ task, session, pullRequest, canFix, hasRedGate }) => {
    if (hasRedGate) return undefined;
    if (pullRequest?.state !== 'open') {
      return refuse(`Task #${task.id} has no open pull request to fix.`);
    }
    if (session === undefined) return refuse(`Task #${task.id} has no session.`);
    if (!isReviewed(task.status)) {
      return refuse(`Task #${task.id} is not in review: there is nothing to fix yet.`);
    }
    return canFix()
      ? undefined
      : refuse(`Nothing that Claude could fix stands against the pull request of #${task.id}.`);
  },
  open: ({ task, pullRequest }) =>
    pullRequest === undefined ? refuse(`Task #${task.id} has no pull request.`) : undefined,
  checks: ({ task, pullRequest }) =>
    pullRequest === undefined ? refuse(`Task #${task.id} has no pull request.`) : undefined,
  verify: whyNoWorktree,
  verify_criteria: whyNoWorktree,
  diff: whyNoWorktree,
  editor: whyNoWorktree,
  git: whyNoWorktree,
  send: ({ task, session, keymap }) =>
    session === undefined
      ? refuse(`Task #${task.id} has no session.`, launchIt(keymap))
      : undefined,
  rename: ({ task }) => whyNotEdit(task),
  make_pending: ({ task }) =>
    task.status === 'draft' ? undefined : refuse(`Task #${task.id} is no draft.`),
  make_draft: ({ task }) =>
    nextStatus(task.status, 'redraft') === null
      ? refuse(`Task #${task.id} is ${task.status}; only a pending one can be a draft.`)
      : undefined,
  logs: whyNoLogs,
  setup_log: whyNoLogs,
  why: () => undefined,
  set_priority: () => undefined,
  set_after: () => undefined,
  set_fix: () => undefined,
  toggle_loop: () => undefined,
  restore: () => undefined,
  remove: () => undefined,
  details: () => undefined,
  graph: () => undefined,
  subtasks: () => undefined,
  move_up: ({ task }) => whyNotMove(task),
  move_down: ({ task }) => whyNotMove(task),
  more_urgent: ({ task, keymap }) =>
    task.priority > 0
      ? whyNotMove(task)
      : refuse(
          `Task #${task.id} is as urgent as it can be.`,
          pressTo(keymap, 'move_up', 'to move it up among its like'),
        ),
  less_urgent: ({ task, keymap }) =>
    task.priority < 3
      ? whyNotMove(task)
      : refuse(
          `Task #${task.id} is least urgent already.`,
          pressTo(keymap, 'move_down', 'to move it down among its like'),
        ),
};

/** Actions that need a project and nothing else. */
const PROJECT_ACTIONS: ReadonlySet<ActionId> = new Set([
  'new',
  'remove_project',
  'pause_queue',
  'stop_queue',
  'filter',
  'next_ready',
  'new_from_template',
  'history',
  'statistics',
]);
function whyNoLogs({ task, keymap }: Selected): Refusal | undefined {
  return task.startedAt === null
    ? refuse(`Task #${task.id} was never launched.`, launchIt(keymap))
    : undefined;
}

function whyNoPane({ task, session, keymap }: Selected): Refusal | undefined {
  if (session?.pane != null) return undefined;
  return refuse(`Task #${task.id} has no pane.`, launchIt(keymap));
}

/** Why the action does nothing now; undefined when it does something. */
export function whyNot(
  action: ActionId,
  { snapshot, view }: { snapshot: Snapshot; view: View },
  keymap: Keymap,
): Refusal | undefined {
  // The pane is painted, and what is painted is not read aloud.
  if (action === 'type' && view.reader) {
    return refuse(
      'A pane is not read aloud here.',
      pressTo(keymap, 'attach', 'to go into the session'),
    );
  }
  const rule = TASK_RULES[action];
  if (rule !== undefined) {
    if (selectedProject(snapshot, view) === null) return noProject(keymap);
    const task = selectedTask(snapshot, view);
    if (task === null) {
      return refuse('There is no task here.', pressTo(keymap, 'new', 'to add one'));
    }
    return rule({
      task,
      session: snapshot.sessions.get(task.id),
      pullRequest: snapshot.pullRequests.get(task.id),
      canFix: () => canFix(task, snapshot, view.now),
      hasRedGate: redGateOf(task, snapshot) !== null,
      keymap,
    });
  }
  if (action === 'previous_session' || action === 'next_session') {
    const none = refuse('No session is open.', pressTo(keymap, 'launch', 'to launch a task'));
    return snapshot.sessions.size === 0 ? none : undefined;
  }
  if (action === 'next_waiting') {
    return attentionOf(snapshot).size === 0 ? refuse('Nothing needs you right now.') : undefined;
  }
  if (PROJECT_ACTIONS.has(action)) {
    return selectedProject(snapshot, view) === null ? noProject(keymap) : undefined;
  }
  return undefined;
}
