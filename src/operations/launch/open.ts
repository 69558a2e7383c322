import type { App } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { firstPrompt, promptContext } from '#domain/prompt.ts';
import {
  branchName,
  plannedSession,
  runnerFor,
  type Session,
  worktreeFolder,
} from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { stackToBegin } from '#operations/stack/parent.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { type Failure, failureOf, type Launcher } from './launcher.ts';
import { makeWorktree, type Opened } from './make-worktree.ts';
import { startPane } from './start-pane.ts';

/** What an opening is finished with. */
interface Opening {
  task: Task;
  project: Project;
  launcher: Launcher;
  keepWorktree: boolean;
}

/**
 * Opens a session for a task: claims the task and records the session, makes the worktree, starts Claude's pane. Each step is recorded before
 * it is taken; when one is refused, all before it are undone and the task is pending again. Returns the session with sentences worth telling.
 */
export async function openSession(
  app: App,
  task: Task,
  project: Project,
  launcher: Launcher,
): Promise<Opened | Refusal> {
  const claimed = claim(app, task, project, launcher);
  if (isRefusal(claimed)) return claimed;
  return finishOpening(app, claimed, { task, project, launcher, keepWorktree: false });
}

/**
 * Takes an opening that a crash cut off up again. A half made worktree is made anew, since no Claude ever reported from it; one that holds
 * anything of its own is kept and used as it is.
 */
export async function reopenSession(
  app: App,
  session: Session,
  task: Task,
  project: Project,
  launcher: Launcher,
): Promise<Opened | Refusal> {
  const { store, git, clock, host } = app;
  const again = {
    state: 'opening' as const,
    movedBy: host.pid,
    movedAt: clock.now(),
    activity: foldActivity(null, { kind: 'launched', at: clock.now() }),
  };
  const at = clock.iso();
  const claimed = store.write(() => {
    const no = launcher.taking();
    if (no !== undefined) return no;
    const event = { kind: 'session.reopen', source: 'claustre' as const, at };
    const moved = store.sessions.move(session, again, event);
    if (moved === null) return busyElsewhere(task);
    const context = { at, source: launcher.source, sessionId: session.id };
    applyTaskEvent(store, task.id, task.status === 'pending' ? 'launch' : 'resume', context);
    // Whoever found the opening to be lost has ended the attempt that began with it.
    if (store.attempts.currentOf(session.id) === null) startAttempt(app, moved, at);
    return moved;
  });
  if (isRefusal(claimed)) return claimed;
  const { worktree, branch } = session;
  let holds: boolean;
  try {
    const there = await git.inspectWorktree(worktree, session.baseCommit);
    holds = !isRefusal(there) && there.changed + there.untracked + there.ahead > 0;
    if (!holds) {
      await git.removeWorktree({ repository: project.path, worktree, branch, deleteBranch: false });
    }
  } catch (error) {
    leaveHalfMade(app, claimed, failureOf(error), launcher);
    throw error;
  }
  return finishOpening(app, claimed, { task, project, launcher, keepWorktree: holds });
}

/**
 * What cannot be cleared away may still be in the making by a git that outlived its caller: it is left for the next try. Where that is no better,
 * the folder stays as it is, and the task begins anew in another one.
 */
function leaveHalfMade(app: App, session: Session, why: Failure, launcher: Launcher): void {
  const { store, clock } = app;
  const at = clock.iso();
  const before = store.events.ofTask(session.taskId, 50).some(({ kind, sessionId }) => {
    return kind === 'session.let_go' && sessionId === session.id;
  });
  if (before) {
    giveUp(app, session, why, { ...launcher, retryAt: () => at });
    return;
  }
  const free = { state: 'opening' as const, movedBy: null, movedAt: clock.now() };
  const event = { kind: 'session.let_go', source: 'claustre' as const, at };
  store.write(() => store.sessions.move(session, free, { ...event, data: { reason: why.reason } }));
}

/** Of two that move a session at the same time one is told this. */
export function busyElsewhere(task: Pick<Task, 'id'>): Refusal {
  return refuse(
    `#${task.id} is just being launched or ended by another process.`,
    'Wait a moment.',
  );
}

async function finishOpening(
  app: App,
  claimed: Session,
  { task, project, launcher, keepWorktree }: Opening,
): Promise<Opened | Refusal> {
  let made: Awaited<ReturnType<typeof makeWorktree>> | null = null;
  try {
    made = keepWorktree
      ? { session: claimed, notes: [] }
      : await makeWorktree(app, claimed, task, project);
    if (isRefusal(made)) return giveUp(app, claimed, made, launcher);
    const context = promptContext(claimed, project);
    const { subtasks, criteria } = app.store.tasks;
    const prompt = firstPrompt(task, subtasks(task.id), context, criteria(task.id));
    const { runner: wanted } = app.config.forProject(project.path).claude;
    const start = { resume: false, prompt, runner: runnerFor(task, wanted) };
    const started = await startPane(app, made.session, task, project, start);
    if (!isRefusal(started)) return { session: started, notes: made.notes };
    if (await undo(app, made.session, project, keepWorktree)) {
      giveUp(app, claimed, started, launcher);
    }
    return started;
  } catch (error) {
    const undone =
      made === null || isRefusal(made) || (await undo(app, made.session, project, keepWorktree));
    if (undone) giveUp(app, claimed, failureOf(error), launcher);
    throw error;
  }
}

/**
 * Takes back what a failed launch made, and tells whether it is gone. Where a pane runs nothing is touched: the row is left for the next look,
 * which takes the session over with its pane. What cannot be told or done is logged and left; the failure itself counts more.
 */
async function undo(
  app: App,
  session: Session,
  project: Project,
  keepWorktree: boolean,
): Promise<boolean> {
  const { store, clock, git, log } = app;
  try {
    const panes = await app.tmux.panes().catch((error: unknown) => {
      // Without tmux there is no pane either.
      if (error instanceof ClaustreError && error.code === 'environment') return [];
      throw error;
    });
    if (panes.some((pane) => pane.session === session.id)) {
      const free = { state: 'opening' as const, movedBy: null, movedAt: clock.now() };
      const event = { kind: 'session.let_go', source: 'claustre' as const, at: clock.iso() };
      store.write(() => store.sessions.move(session, free, event));
      return false;
    }
    if (keepWorktree) return true;
    const { worktree, branch, ownBranch } = session;
    // Nothing but included files can be in it: Claude never ran.
    await git.removeWorktree({
      repository: project.path,
      worktree,
      branch,
      deleteBranch: ownBranch,
    });
  } catch (error) {
    log.error('What a failed launch made could not be removed.', error);
  }
  return true;
}

/** Takes the task and writes the session's row in one transaction: of two callers one gets it. */
function claim(app: App, task: Task, project: Project, launcher: Launcher): Session | Refusal {
  const { store, clock, paths, tmux, host } = app;
  const at = clock.iso();
  const id = clock.uuid();
  const branch = task.branch ?? branchName(task);
  return store.write(() => {
    const no = launcher.taking();
    if (no !== undefined) return no;
    const stack = stackToBegin(store, task);
    const launched = applyTaskEvent(store, task.id, 'launch', {
      at,
      source: launcher.source,
      sessionId: id,
    });
    if (isRefusal(launched)) return launched;
    const session = plannedSession({
      id,
      taskId: task.id,
      branch,
      worktree: [paths.worktrees, ...worktreeFolder(project.name, branch, id)].join('/'),
      base: stack?.base ?? task.base ?? project.defaultBranch,
      stackedOn: stack?.stackedOn ?? null,
      socket: tmux.socket,
      // Whoever finds the row can tell a slow launch from a dead one.
      movedBy: host.pid,
      movedAt: clock.now(),
      claudeSessionId: clock.uuid(),
      activity: foldActivity(null, { kind: 'launched', at: clock.now() }),
      createdAt: at,
    });
    store.sessions.add(session, {
      kind: 'session.open',
      source: 'claustre',
      at,
      projectId: project.id,
      data: {
        branch,
        base: session.base,
        ...(stack === null ? {} : { stackedOn: stack.stackedOn }),
      },
    });
    startAttempt(app, session, at);
    return session;
  });
}

/** What Claude uses in a session from here on is work for its task. */
export function startAttempt(
  { store }: Pick<App, 'store'>,
  { id: sessionId, taskId, claudeSessionId }: Session,
  startedAt: string,
): void {
  store.attempts.start({ taskId, sessionId, purpose: 'work', claudeSessionId, startedAt });
}

/**
 * Closes a session that never came to be and gives the task back with the reason in its events: held, or to be tried again where whoever
 * launched it does so by itself. Returns what went wrong.
 */
function giveUp<Why extends Failure>(
  app: App,
  session: Session,
  why: Why,
  launcher: Launcher,
): Why {
  const { store, clock } = app;
  const at = clock.iso();
  const { reason } = why;
  store.write(() => {
    const closed = { state: 'closed' as const, movedBy: null, movedAt: clock.now(), closedAt: at };
    const event = { kind: 'session.close', source: 'claustre' as const, at, data: { reason } };
    const moved = store.sessions.move(session, { ...closed, endReason: 'launch failed' }, event);
    if (moved === null) return;
    store.attempts.end(session.id, at, 'launch failed');
    applyTaskEvent(store, session.taskId, 'launch_fail', {
      at,
      source: 'claustre',
      sessionId: session.id,
      data: { reason },
    });
    const retryAt = launcher.retryAt(why.code);
    if (retryAt === null) return;
    const again = { kind: 'task.retry_later', source: 'claustre' as const, at, data: { retryAt } };
    store.tasks.update(session.taskId, { held: null, retryAt }, again);
  });
  return why;
}
