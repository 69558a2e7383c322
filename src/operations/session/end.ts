import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { TrashEntry } from '#domain/trash.ts';

/** How long a Claude that was told to hang up may take before its work is saved; it writes its transcript's end in that time. */
const END_WAIT_MS = 3_000;

export interface SessionEnd {
  /** The command or the fact that ends it: kill, done, remove-task, merge. */
  reason: string;
  source: EventSource;
}

/**
 * The one way out of a session: ends Claude, saves branch, index and files under refs/claustre/trash/, then removes worktree and branch. The
 * intent is recorded first and the trash entry before anything is removed, so that the same call goes on after a crash. Returns the trash
 * entry; refuses, and removes nothing, when the work cannot be saved.
 */
export async function endSession(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  end: SessionEnd,
): Promise<TrashEntry | Refusal> {
  const { store, git, tmux, clock } = app;
  const resumed = session.state === 'closing' ? store.trash.lastOf(task.id) : null;
  mark(app, session, end);
  await tmux.endSession(session.id);
  await waitForExit(app, session);
  const entry =
    resumed?.sessionId === session.id ? resumed : await save(app, task, project, session, end);
  if (isRefusal(entry)) {
    store.write(() =>
      store.sessions.update(
        session.id,
        { state: 'open' },
        {
          kind: 'session.end_refused',
          source: end.source,
          at: clock.iso(),
          taskId: task.id,
          data: { reason: entry.reason },
        },
      ),
    );
    return entry;
  }
  await git.removeWorktree({
    repository: project.path,
    worktree: session.worktree,
    branch: session.branch,
    deleteBranch: session.ownBranch,
  });
  const at = clock.iso();
  store.write(() => {
    store.sessions.update(
      session.id,
      { state: 'closed', closedAt: at, pane: null, pid: null },
      {
        kind: 'session.close',
        source: end.source,
        at,
        taskId: task.id,
        data: { reason: end.reason, trash: entry.id },
      },
    );
    store.attempts.end(session.id, at, end.reason);
  });
  return entry;
}

function mark(app: App, session: Session, end: SessionEnd): void {
  if (session.state === 'closing') return;
  const { store, clock } = app;
  store.write(() =>
    store.sessions.update(
      session.id,
      { state: 'closing' },
      {
        kind: 'session.closing',
        source: end.source,
        at: clock.iso(),
        taskId: session.taskId,
        data: { reason: end.reason },
      },
    ),
  );
}

async function waitForExit(app: App, session: Session): Promise<void> {
  const { clock, host } = app;
  // While it is opening, the recorded process is a claustre, not Claude.
  if (session.pid === null || session.state === 'opening') return;
  const deadline = clock.now() + END_WAIT_MS;
  while (host.isAlive(session.pid) && clock.now() < deadline) await clock.wait(25);
}

async function save(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  end: SessionEnd,
): Promise<TrashEntry | Refusal> {
  const { store, git, clock } = app;
  const saved = await git.saveWork({
    repository: project.path,
    worktree: session.worktree,
    branch: session.branch,
    baseCommit: session.baseCommit,
    name: clock.uuid(),
  });
  if (isRefusal(saved)) return saved;
  const at = clock.iso();
  const entry: Omit<TrashEntry, 'id' | 'restoredAt'> = {
    projectId: project.id,
    taskId: task.id,
    sessionId: session.id,
    reason: end.reason,
    ref: saved.ref,
    branch: session.branch,
    worktree: session.worktree,
    head: saved.head,
    base: session.base,
    baseCommit: session.baseCommit,
    claudeSessionId: session.claudeSessionId,
    transcriptPath: session.transcriptPath,
    commits: saved.commits,
    changed: saved.changed,
    untracked: saved.untracked,
    task: null,
    createdAt: at,
  };
  const id = store.write(() =>
    store.trash.add(entry, {
      kind: 'trash.add',
      source: end.source,
      at,
      sessionId: session.id,
      data: { commits: saved.commits, changed: saved.changed, untracked: saved.untracked },
    }),
  );
  return { ...entry, id, restoredAt: null };
}
