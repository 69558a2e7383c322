import type { Criterion } from '#domain/gate/criterion.ts';
import type { Proof } from '#domain/proof/proof.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { FixPolicy } from '#domain/pull-request/round.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import type { ActivityName, ActivitySource } from './activity.ts';
import type { Until } from './dependency.ts';
import type { Work } from './progress.ts';
import type { Runner } from './session.ts';
import type { PushMode, TaskMode, TaskStatus } from './task.ts';
import type { Todo } from './todo.ts';
import type { Usage } from './usage.ts';

/** A task with everything that hangs on it, as `show --json` prints it. Times are ISO texts in UTC; null is "not known" or "there is none". */
export interface TaskView {
  id: number;
  /** Name of its project. */
  project: string;
  title: string;
  prompt: string;
  status: TaskStatus;
  /** Why a pending task does not run, in one phrase. */
  waits: string | null;
  /** When that ends by itself; null where it does not, or nobody knows. */
  waitsUntil: string | null;
  /** What a task in error was given up for: a code where there is one for it, and a sentence; null for any other. */
  error: { code: string | null; text: string | null } | null;
  /** Whose turn a task in review is, and why; `of` is null when that is not known. */
  turn: Pick<Turn, 'of' | 'text'> | null;
  mode: TaskMode;
  base: string;
  branch: string | null;
  push: PushMode;
  loop: boolean;
  /** What is done about failing checks, conflicts and comments: as the task says, else as the settings do. */
  fix: FixPolicy;
  priority: number;
  /** Ids of the tasks that it waits for, finished or not. */
  after: number[];
  /** What it waits for in those that need not be done, by id: `{"12": "pr_green"}`. */
  afterUntil: Record<string, Until>;
  /** Before which it does not start by itself. */
  notBefore: string | null;
  /** Seconds between the end of what it waits for and its start. */
  delaySecs: number;
  /** How often it begins anew (`1d`, `mon 09:00`); null for once. */
  every: string | null;
  /** The task that was made as its next occurrence. */
  nextId: number | null;
  subtasks: { text: string; done: boolean }[];
  /** What has to be true of the work, and what a fresh Claude found about it. */
  criteria: CriterionView[];
  session: SessionView | null;
  pullRequest: Pick<
    PullRequest,
    'number' | 'url' | 'state' | 'checks' | 'review' | 'mergeable' | 'readAt' | 'staleReason'
  > | null;
  /** What speaks for and against a merge; null in lists, and of a task that was never worked on. */
  proof: Proof | null;
  usage: Usage;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
}

/** An acceptance criterion with its verdict, which is null until it was judged. */
export type CriterionView = Omit<Criterion, 'taskId' | 'position'>;

/** The open session of a task. */
export interface SessionView {
  id: string;
  activity: ActivityName;
  runner: Runner;
  /** Its idle Claude was ended to free memory or a slot; a launch wakes it. */
  parked: boolean;
  /** One line about the activity: the tool that asks, the error. */
  detail: string | null;
  source: ActivitySource;
  since: string;
  branch: string;
  /** The task on whose branch it stands, which is not merged yet. */
  stackedOn: number | null;
  worktree: string;
  /** The first port of its own, and how many there are; null for none. */
  port: number | null;
  portCount: number;
  tmux: { socket: string; session: string };
  claudeSessionId: string;
  /** The newest tool call of the turn; null when none is known. */
  doing: { text: string; since: string } | null;
  /** The numbers of its work; null until they were read. */
  work: (Omit<Work, 'readAt'> & { readAt: string }) | null;
  /** How much of its context Claude has used, in percent. */
  contextPercent: number | null;
  /** Why it looks as if Claude runs in circles; null when it does not. */
  alarm: string | null;
  todos: Todo[];
}
