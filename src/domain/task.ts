import type { FixPolicy } from '#domain/pull-request/round.ts';
import { type After, afterWords, endOfWait } from './dependency.ts';
import { type Refusal, refuse } from './error.ts';

/** Stored statuses of a task, in the order in which a person meets them. The same words in SQL, JSON, commands and on the screen. */
export const TASK_STATUSES = [
  'draft',
  'pending',
  'working',
  'interrupted',
  'in_review',
  'conflict',
  'ci_failed',
  'done',
  'error',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TASK_MODES = ['supervised', 'autonomous', 'exploration'] as const;
export type TaskMode = (typeof TASK_MODES)[number];

export const PUSH_MODES = ['pr', 'push', 'local'] as const;
export type PushMode = (typeof PUSH_MODES)[number];

/**
 * What can happen to a task. Whoever writes a status names one of these, never a status.
 * `prompt` a person or a hook saw a prompt go to Claude; `deliver` the work is where the push mode wants it;
 * `lose` the session is gone without anybody's wish; `resume` it runs again; `restore` a person took it back out of the trash with its session,
 * `reopen` without one.
 */
export const TASK_EVENTS = [
  'submit',
  'redraft',
  'launch',
  'launch_fail',
  'setup_fail',
  'prompt',
  'deliver',
  'conflict',
  'ci_fail',
  'resolve',
  'lose',
  'resume',
  'kill',
  'give_up',
  'retry',
  'merge',
  'finish',
  'restore',
  'reopen',
] as const;
export type TaskEvent = (typeof TASK_EVENTS)[number];

/**
 * Where each event leads from each status. A missing cell means that the event does not apply there: that is no error, since hooks
 * repeat, pollers race and people press twice.
 */
const TRANSITIONS: Record<TaskStatus, Partial<Record<TaskEvent, TaskStatus>>> = {
  draft: { submit: 'pending', finish: 'done' },
  pending: {
    redraft: 'draft',
    launch: 'working',
    // After a failed setup the session is still there, and can be killed.
    kill: 'pending',
    finish: 'done',
    restore: 'interrupted',
  },
  working: {
    launch_fail: 'pending',
    setup_fail: 'pending',
    deliver: 'in_review',
    lose: 'interrupted',
    kill: 'pending',
    give_up: 'error',
    merge: 'done',
    finish: 'done',
  },
  interrupted: {
    launch: 'working',
    resume: 'working',
    prompt: 'working',
    setup_fail: 'pending',
    // A pull request outlives its session: the task goes back to its review instead of staying interrupted.
    deliver: 'in_review',
    kill: 'pending',
    give_up: 'error',
    merge: 'done',
    finish: 'done',
  },
  in_review: {
    prompt: 'working',
    conflict: 'conflict',
    ci_fail: 'ci_failed',
    kill: 'pending',
    give_up: 'error',
    merge: 'done',
    finish: 'done',
  },
  conflict: {
    prompt: 'working',
    // Conflict and failing checks are independent facts of the pull request; the poller names the one to show.
    ci_fail: 'ci_failed',
    resolve: 'in_review',
    kill: 'pending',
    give_up: 'error',
    merge: 'done',
    finish: 'done',
  },
  ci_failed: {
    prompt: 'working',
    conflict: 'conflict',
    resolve: 'in_review',
    kill: 'pending',
    give_up: 'error',
    merge: 'done',
    finish: 'done',
  },
  done: { restore: 'interrupted', reopen: 'pending' },
  error: {
    retry: 'pending',
    prompt: 'working',
    deliver: 'in_review',
    kill: 'pending',
    merge: 'done',
    finish: 'done',
    restore: 'interrupted',
  },
};

/** Returns the status that the event leads to, or null when it does not apply in this status. */
export function nextStatus(status: TaskStatus, event: TaskEvent): TaskStatus | null {
  return TRANSITIONS[status][event] ?? null;
}

/** Words for "a task that is …", for sentences. */
const STATUS_WORDS: Record<TaskStatus, string> = {
  draft: 'a draft',
  pending: 'pending',
  working: 'working',
  interrupted: 'interrupted',
  in_review: 'in review',
  conflict: 'in conflict',
  ci_failed: 'failing its checks',
  done: 'done',
  error: 'in error',
};

const EVENT_WORDS: Record<TaskEvent, string> = {
  submit: 'be submitted',
  redraft: 'become a draft',
  launch: 'be launched',
  launch_fail: 'fail to launch',
  setup_fail: 'fail its setup',
  prompt: 'take a prompt',
  deliver: 'be delivered',
  conflict: 'get a conflict',
  ci_fail: 'fail its checks',
  resolve: 'be resolved',
  lose: 'lose its session',
  resume: 'be resumed',
  kill: 'be killed',
  give_up: 'be given up',
  retry: 'be retried',
  merge: 'be merged',
  finish: 'be finished',
  restore: 'be restored',
  reopen: 'be reopened',
};

/** Returns the status that the event leads to, or the refusal that says why it does not apply. */
export function transition(
  task: Pick<Task, 'id' | 'status'>,
  event: TaskEvent,
): TaskStatus | Refusal {
  const to = nextStatus(task.status, event);
  if (to !== null) return to;
  return refuse(
    `Task #${task.id} is ${STATUS_WORDS[task.status]} and cannot ${EVENT_WORDS[event]}.`,
  );
}

export interface Subtask {
  id: number;
  taskId: number;
  text: string;
  done: boolean;
  position: number;
}

export interface Task {
  /** Short and for people: `12` or `#12`. */
  id: number;
  uuid: string;
  projectId: number;
  title: string;
  prompt: string;
  status: TaskStatus;
  mode: TaskMode;
  /** Branch that the work starts from and goes to; null means the project's default branch. */
  base: string | null;
  /** Branch that the person wants; null means that claustre names it at launch. */
  branch: string | null;
  push: PushMode;
  /** Whether review comments are worked on in a pane of their own. */
  loop: boolean;
  /** What is done about failing checks, conflicts and comments; null means as the settings say. */
  fix: FixPolicy | null;
  /** 0 is most urgent, 3 least; 2 when nothing was said. */
  priority: number;
  /** Order by hand inside a project; fractions allow a move between two others. */
  position: number;
  /** Why a pending task does not start by itself (`killed`, `setup failed`); null when nothing holds it. */
  held: string | null;
  /** ISO time in UTC before which it does not start by itself; null for no such time. */
  notBefore: string | null;
  /** Seconds between the end of what it waits for and its start. */
  delaySecs: number;
  /** How often it begins anew (`1d`, `mon 09:00`); null for once. */
  every: string | null;
  /** The task that was made as its next occurrence. */
  nextId: number | null;
  /** Attempts in a row that were charged and failed, since a person last said retry. */
  failures: number;
  /** ISO time in UTC from which a failed attempt is tried again. */
  retryAt: string | null;
  /** What ended it badly, as a code and a sentence with the evidence; null when nothing did. */
  errorCode: string | null;
  errorText: string | null;
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  completedAt: string | null;
}

/** What a task begins with that may start at any time, once, and that never failed. */
export const NEVER_STARTED = {
  notBefore: null,
  delaySecs: 0,
  every: null,
  nextId: null,
  failures: 0,
  retryAt: null,
  errorCode: null,
  errorText: null,
} as const satisfies Partial<Task>;

export const DEFAULT_PRIORITY = 2;
/** Statuses in which the task stands in review, whatever its checks say. */
export function isReviewed(status: TaskStatus): boolean {
  return status === 'in_review' || status === 'conflict' || status === 'ci_failed';
}

/**
 * Why nothing can be launched for this task now; undefined when it can. `openBefore` is what it still waits for. A
 * session that is still open is entered whatever the status says: its conversation is resumed, and a task in review stays there until a prompt.
 */
export function whyNotLaunch(
  task: Pick<Task, 'id' | 'status'>,
  openBefore: readonly After[],
  hasSession: boolean,
): Refusal | undefined {
  if (task.status === 'done') {
    return refuse(`Task #${task.id} is done.`, 'Add a new task for more work.');
  }
  if (hasSession) return undefined;
  if (task.status === 'error') {
    return refuse(`Task #${task.id} is in error.`, `Say \`claustre retry ${task.id}\` first.`);
  }
  if (openBefore.length > 0) {
    return refuse(`Task #${task.id} waits for ${afterWords(openBefore)}.`, endOfWait(openBefore));
  }
  if (task.status !== 'draft' && nextStatus(task.status, 'launch') === null) {
    return refuse(
      `Task #${task.id} is ${STATUS_WORDS[task.status]}, and its session is gone.`,
      `Take it back and start it anew on its branch: claustre kill ${task.id}, then claustre launch ${task.id}`,
    );
  }
  return undefined;
}

/** Why the texts of a task cannot be edited; undefined when they can. Claude has the prompt already. */
export function whyNotEdit(task: Pick<Task, 'id' | 'status'>): Refusal | undefined {
  if (task.status === 'draft' || task.status === 'pending') return undefined;
  return refuse(
    `Task #${task.id} is ${STATUS_WORDS[task.status]}; its texts are with Claude already.`,
    `Say \`claustre send ${task.id} …\` to tell Claude more, or kill the task first.`,
  );
}
