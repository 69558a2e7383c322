import type { Activity } from './activity.ts';
import { slug } from './project.ts';
import type { Task } from './task.ts';
import type { Todo } from './todo.ts';

/**
 * How far a session has come. The step is recorded before it is taken, so that what a crash leaves half done is known:
 * `opening` worktree, files and pane are being made · `open` · `closing` it is being saved and removed · `closed`.
 */
export const SESSION_STATES = ['opening', 'open', 'closing', 'closed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** `interactive` Claude's own screen, which a person can step into; `headless` one printed turn after the other. */
export type Runner = 'interactive' | 'headless';

/** How the first Claude of a task is run: only one that nobody watches may print. */
export function runnerFor({ mode }: Pick<Task, 'mode'>, wanted: Runner): Runner {
  return mode === 'autonomous' ? wanted : 'interactive';
}

/** Whether it is a session of a Claude that prints, between two turns: no process is needed for it, and a text begins the next one. */
export function isBetweenTurns({
  runner,
  state,
  activity,
}: Pick<Session, 'runner' | 'state' | 'activity'>): boolean {
  const rests = ['idle', 'limited', 'ended', 'lost'].includes(activity.name);
  return runner === 'headless' && state === 'open' && rests;
}

/** One workspace: worktree, tmux session and Claude conversation. Its id is also the tmux session's name and CLAUSTRE_SESSION_ID. */
export interface Session {
  id: string;
  taskId: number;
  state: SessionState;
  /** Process that takes it through `opening` or `closing`; null while it rests. */
  movedBy: number | null;
  /** Milliseconds since 1970 of its last change of state: together with the state it tells whether somebody else was faster. */
  movedAt: number;
  /** Why it is being ended or was ended: kill, done, merge, pushed, remove-task; null while it is open. */
  endReason: string | null;
  branch: string;
  /** Whether claustre made the branch and may remove it, here and on the remote after its merge. */
  ownBranch: boolean;
  worktree: string;
  base: string;
  /** The task on whose unfinished branch it began; null when it began on a branch of the project. */
  stackedOn: number | null;
  /** Commit that the work is measured against; null until the worktree stands. */
  baseCommit: string | null;
  socket: string;
  /** tmux's `%n`; null until the pane runs. Valid only together with serverPid. */
  pane: string | null;
  serverPid: number | null;
  pid: number | null;
  claudeSessionId: string;
  transcriptPath: string | null;
  activity: Activity;
  /** Milliseconds since 1970 of the last report by a hook; null when none ever came. */
  reportedAt: number | null;
  promptedAt: number | null;
  turnEndedAt: number | null;
  /** Whether background work went on when the last turn ended. */
  turnBehind: boolean;
  /** The turn's end that the delivery was last looked up for. */
  lookedAt: number | null;
  /** The turn's end whose work was judged last: delivered, told what is missing, or given up. */
  judgedAt: number | null;
  /** Whether its work is judged before it counts as delivered: nobody watches over it, or it has gates or criteria. */
  mustProve: boolean;
  /** Why the last turn ended badly, as a code of domain/attempt/error-code.ts; null when it did not, and from the next prompt on. */
  failure: string | null;
  /** What its worktree held, when it was looked at after the merge of its pull request, that the merge does not hold; null for nothing. */
  leftOut: string | null;
  /** Milliseconds since 1970 when claustre ended its idle Claude to save memory or a slot; null while it was not. A launch wakes it. */
  parkedAt: number | null;
  /** First of its block of ports; null when it has none. */
  port: number | null;
  portCount: number;
  runner: Runner;
  /** Why it looks as if Claude runs in circles, as a phrase; null when it does not. */
  alarm: string | null;
  todos: Todo[];
  model: string | null;
  contextPercent: number | null;
  createdAt: string;
  closedAt: string | null;
}

/** No launch and no end takes longer; a process id that is older belongs to somebody else by now. */
const MOVE_LIMIT_MS = 15 * 60_000;

/** Whether another process is just opening or ending it. `isAlive` tells whether a process exists. */
export function isMoving(
  session: Pick<Session, 'state' | 'movedBy' | 'movedAt'>,
  now: number,
  isAlive: (pid: number) => boolean,
): boolean {
  if (session.state !== 'opening' && session.state !== 'closing') return false;
  const { movedBy, movedAt } = session;
  return movedBy !== null && now - movedAt < MOVE_LIMIT_MS && isAlive(movedBy);
}

/** The change that makes it open in this pane; `now` in milliseconds since 1970. */
export function openIn(
  { pane, serverPid, pid }: { pane: string; serverPid: number; pid: number },
  now: number,
) {
  return { state: 'open', movedBy: null, movedAt: now, pane, serverPid, pid } as const;
}

/** What is decided of a session before anything of it exists. */
type SessionPlan = Pick<
  Session,
  | 'id'
  | 'taskId'
  | 'branch'
  | 'worktree'
  | 'base'
  | 'stackedOn'
  | 'socket'
  | 'movedBy'
  | 'movedAt'
  | 'claudeSessionId'
  | 'activity'
  | 'createdAt'
>;

/** A session of which nothing exists yet but the plan. */
export function plannedSession(plan: SessionPlan): Session {
  return {
    ...plan,
    state: 'opening',
    endReason: null,
    pid: null,
    ownBranch: false,
    baseCommit: null,
    pane: null,
    serverPid: null,
    transcriptPath: null,
    reportedAt: null,
    promptedAt: null,
    turnEndedAt: null,
    turnBehind: false,
    lookedAt: null,
    judgedAt: null,
    mustProve: false,
    failure: null,
    leftOut: null,
    parkedAt: null,
    port: null,
    portCount: 0,
    runner: 'interactive',
    alarm: null,
    todos: [],
    model: null,
    contextPercent: null,
    closedAt: null,
  };
}

/** Branch for a task: `task/<slug>-<8 hex>`, safe for git and for a shell whatever the title. `hex` comes from the task's uuid. */
export function branchName(task: Pick<Task, 'title' | 'uuid'>): string {
  const hex = task.uuid.replace(/-/g, '').slice(0, 8);
  return `task/${slug(task.title, 40, 'task')}-${hex}`;
}

/** Folder of a session's worktree below the worktree root: readable first, unique by the session's id. */
export function worktreeFolder(projectName: string, branch: string, sessionId: string): string[] {
  const hex = sessionId.replace(/-/g, '').slice(0, 8);
  return [
    slug(projectName, 40, 'project'),
    `${slug(branch.replace(/^task\//, ''), 48, 'task')}-${hex}`,
  ];
}
