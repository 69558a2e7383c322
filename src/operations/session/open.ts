import type { App } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import { ClaustreError, isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { firstPrompt } from '#domain/prompt.ts';
import { branchName, plannedSession, type Session, worktreeFolder } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { startPane } from './start-pane.ts';

/**
 * Opens a session for a task: claims the task and records the session, makes the worktree, starts Claude's pane. Each step is recorded before
 * it is taken; when one is refused, all before it are undone and the task is pending again. Returns the session with sentences worth telling.
 */
export async function openSession(
  app: App,
  task: Task,
  project: Project,
): Promise<{ session: Session; notes: string[] } | Refusal> {
  const claimed = claim(app, task, project);
  return isRefusal(claimed) ? claimed : finishOpening(app, claimed, task, project);
}

/** Takes an opening that a crash cut off up again: what stands half made in its place goes first, since no Claude ever ran there. */
export async function reopenSession(
  app: App,
  session: Session,
  task: Task,
  project: Project,
): Promise<{ session: Session; notes: string[] } | Refusal> {
  const { store, git, clock, host } = app;
  const { worktree, branch } = session;
  await git.removeWorktree({ repository: project.path, worktree, branch, deleteBranch: false });
  const again = {
    pid: host.pid,
    activity: foldActivity(null, { kind: 'launched', at: clock.now() }),
  };
  const at = clock.iso();
  store.write(() => {
    store.sessions.update(session.id, again, {
      kind: 'session.reopen',
      source: 'claustre',
      at,
      taskId: task.id,
    });
    const context = { at, source: 'person' as const, sessionId: session.id };
    applyTaskEvent(store, task.id, 'resume', context);
  });
  return finishOpening(app, { ...session, ...again }, task, project);
}

async function finishOpening(
  app: App,
  claimed: Session,
  task: Task,
  project: Project,
): Promise<{ session: Session; notes: string[] } | Refusal> {
  let made: Awaited<ReturnType<typeof makeWorktree>> | null = null;
  try {
    made = await makeWorktree(app, claimed, task, project);
    if (isRefusal(made)) return giveUp(app, claimed, made);
    const context = { base: claimed.base, remote: project.remote };
    const prompt = firstPrompt(task, app.store.tasks.subtasks(task.id), context);
    const started = await startPane(app, made.session, task, project, { resume: false, prompt });
    if (isRefusal(started)) {
      await removeUnused(app, made.session, project);
      return giveUp(app, claimed, started);
    }
    return { session: started, notes: made.notes };
  } catch (error) {
    if (made !== null && !isRefusal(made)) await undo(app, made.session, project);
    giveUp(app, claimed, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** Nothing but included files can be in it: Claude never ran. */
async function removeUnused(app: App, session: Session, project: Project): Promise<void> {
  const { worktree, branch, ownBranch } = session;
  await app.git.removeWorktree({
    repository: project.path,
    worktree,
    branch,
    deleteBranch: ownBranch,
  });
}

/** After an error: the worktree goes if no pane runs in it. What cannot be told or done is logged and left, the error itself counts more. */
async function undo(app: App, session: Session, project: Project): Promise<void> {
  try {
    const panes = await app.tmux.panes().catch((error: unknown) => {
      // Without tmux there is no pane either.
      if (error instanceof ClaustreError && error.code === 'environment') return [];
      throw error;
    });
    if (panes.some((pane) => pane.session === session.id)) return;
    await removeUnused(app, session, project);
  } catch (error) {
    app.log.error('What a failed launch made could not be removed.', error);
  }
}

/** Takes the task and writes the session's row in one transaction: of two callers one gets it. */
function claim(app: App, task: Task, project: Project): Session | Refusal {
  const { store, clock, paths, tmux, host } = app;
  const at = clock.iso();
  const id = clock.uuid();
  const branch = task.branch ?? branchName(task);
  return store.write(() => {
    const launched = applyTaskEvent(store, task.id, 'launch', {
      at,
      source: 'person',
      sessionId: id,
    });
    if (isRefusal(launched)) return launched;
    const session = plannedSession({
      id,
      taskId: task.id,
      branch,
      worktree: [paths.worktrees, ...worktreeFolder(project.name, branch, id)].join('/'),
      base: task.base ?? project.defaultBranch,
      socket: tmux.socket,
      // Until the pane runs this is the process that makes it: whoever finds the row can tell a slow launch from a dead one.
      pid: host.pid,
      claudeSessionId: clock.uuid(),
      activity: foldActivity(null, { kind: 'launched', at: clock.now() }),
      createdAt: at,
    });
    store.sessions.add(session, {
      kind: 'session.open',
      source: 'claustre',
      at,
      projectId: project.id,
      data: { branch, base: session.base },
    });
    store.attempts.start({
      taskId: task.id,
      sessionId: id,
      purpose: 'work',
      claudeSessionId: session.claudeSessionId,
      startedAt: at,
    });
    return session;
  });
}

async function makeWorktree(
  app: App,
  session: Session,
  task: Task,
  project: Project,
): Promise<{ session: Session; notes: string[] } | Refusal> {
  const made = await app.git.addWorktree({
    repository: project.path,
    path: session.worktree,
    branch: session.branch,
    base: session.base,
    remote: project.remote,
  });
  if (isRefusal(made)) return made;
  // A branch that claustre named is its own, also when a launch before this one left it behind.
  const ownBranch = task.branch === null || made.from !== 'local';
  const changes = { baseCommit: made.baseCommit, ownBranch };
  app.store.write(() =>
    app.store.sessions.update(session.id, changes, {
      kind: 'session.worktree',
      source: 'claustre',
      at: app.clock.iso(),
      taskId: session.taskId,
      data: { worktree: session.worktree, from: made.from, baseCommit: made.baseCommit },
    }),
  );
  await app.git.copyIncluded(project.path, session.worktree);
  return { session: { ...session, ...changes }, notes: made.notes };
}

/** Closes a session that never came to be and gives the task back, held, with the reason in its events. Returns the refusal. */
function giveUp<Why extends Refusal | string>(app: App, session: Session, why: Why): Why {
  const { store, clock } = app;
  const at = clock.iso();
  const reason = typeof why === 'string' ? why : why.reason;
  store.write(() => {
    store.sessions.update(
      session.id,
      { state: 'closed', closedAt: at },
      {
        kind: 'session.close',
        source: 'claustre',
        at,
        taskId: session.taskId,
        data: { reason },
      },
    );
    store.attempts.end(session.id, at, 'launch failed');
    applyTaskEvent(store, session.taskId, 'launch_fail', {
      at,
      source: 'claustre',
      sessionId: session.id,
      data: { reason },
    });
  });
  return why;
}
