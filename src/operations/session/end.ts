import type { App } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { EventSource } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
import { isMoving, type Session } from '#domain/session.ts';
import type { Task, TaskEvent } from '#domain/task.ts';
import type { TrashEntry } from '#domain/trash.ts';
import { busyElsewhere } from '#operations/launch/open.ts';
import { forgetMoves } from '#operations/stack/forget.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';

/** How long a Claude that was told to hang up may take; it writes its transcript's end in that time. Then it is killed. */
const END_WAIT_MS = 3_000;

/** What could not be saved is tried again after this. */
const AGAIN_MS = 10 * 60_000;

export interface SessionEnd {
  /** The command or the fact that ends it: kill, done, remove-task, merge, pushed. */
  reason: string;
  source: EventSource;
  /** What happens to the task in the transaction in which the session closes; null for nothing. */
  event: TaskEvent | null;
  /** Asked in the transaction that claims the session: whether what led here is still so. */
  onlyIf?: (now: Session) => boolean;
}

/**
 * The one way out of a session: ends Claude, saves branch, index and files under refs/claustre/trash/, then removes worktree and branch. The
 * session is claimed first and the trash entry written before anything is removed, so that the same call goes on after a crash and two calls
 * never meet. Returns the trash entry, null when there was nothing to save; refuses, and removes nothing, when the work cannot be saved.
 */
export async function endSession(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  end: SessionEnd,
): Promise<TrashEntry | null | Refusal> {
  const { git, tmux, claude, log } = app;
  const { worktree, branch, ownBranch } = session;
  // Asked before anything is touched: what cannot even be looked at is left as it is, with its Claude.
  const there = await git.inspectWorktree(worktree, session.baseCommit);
  if (isRefusal(there) && there.code !== 'not_found') return note(app, session, end, there);
  const saved = session.state === 'closing' ? savedBefore(app, session) : null;
  const closing = claim(app, session, end);
  if (closing === null) return busyElsewhere(task);
  const pids = await pidsOf(app, session);
  await tmux.endSession(session.id);
  await Promise.all(pids.map((pid) => waitForExit(app, pid)));
  const entry = saved ?? (await save(app, task, project, closing, end));
  if (isRefusal(entry)) return letGo(app, closing, end, entry);
  await git.removeWorktree({ repository: project.path, worktree, branch, deleteBranch: ownBranch });
  close(app, closing, end, entry);
  try {
    claude.forget(session.id);
  } catch (error) {
    log.error('Files of an ended session could not be removed.', error);
  }
  // A task that was killed goes on; every other end is that of the task.
  if (end.reason !== 'kill') await forgetMoves(app, task, project);
  return entry;
}

/** Takes the session for this process; null when another is just moving it, or when what led here is no longer so. */
function claim({ store, clock, host }: App, session: Session, end: SessionEnd): Session | null {
  return store.write(() => {
    const now = store.sessions.find(session.id);
    if (
      now === null ||
      isMoving(now, clock.now(), (pid) => pid !== host.pid && host.isAlive(pid))
    ) {
      return null;
    }
    if (end.onlyIf !== undefined && !end.onlyIf(now)) return null;
    const closing = {
      state: 'closing' as const,
      movedBy: host.pid,
      movedAt: clock.now(),
      endReason: end.reason,
    };
    const event = { kind: 'session.closing', source: end.source, at: clock.iso() };
    const data = { reason: end.reason };
    return store.sessions.move(session, closing, { ...event, data });
  });
}

/** Name of the trash folder of one end: by the session and the moment that it was claimed. */
function trashName(session: Session): string {
  return `${session.id}-${session.movedAt}`;
}

/** What an end that was cut off had saved already. */
function savedBefore({ store }: App, session: Session): TrashEntry | null {
  const entry = store.trash.lastOf(session.taskId);
  return entry?.ref?.endsWith(trashName(session)) ? entry : null;
}

/** Claude and the shells beside it: all of them may write in the worktree. */
async function pidsOf({ tmux }: App, session: Session): Promise<number[]> {
  const panes = (await tmux.panes()).filter((pane) => pane.session === session.id && !pane.dead);
  const pids = panes.map(({ pid }) => pid);
  return [...new Set(session.pid === null ? pids : [session.pid, ...pids])];
}

/** Waits until a process that was told to end has ended, and kills one that does not. */
export async function waitForExit({ clock, host }: App, pid: number): Promise<void> {
  const wait = async (ms: number): Promise<boolean> => {
    const deadline = clock.now() + ms;
    while (host.isAlive(pid) && clock.now() < deadline) await clock.wait(25);
    return !host.isAlive(pid);
  };
  if (await wait(END_WAIT_MS)) return;
  // It has run since we looked, so that its number is still its own; what it would write on would be in no save.
  host.kill(pid);
  await wait(END_WAIT_MS);
}

async function save(
  app: App,
  task: Task,
  project: Project,
  session: Session,
  end: SessionEnd,
): Promise<TrashEntry | null | Refusal> {
  const { store, git, clock } = app;
  const saved = await git.saveWork({
    repository: project.path,
    worktree: session.worktree,
    branch: session.branch,
    baseCommit: session.baseCommit,
    name: trashName(session),
  });
  // A launch that was cut off before it made anything, or somebody else has removed both worktree and branch.
  if (isRefusal(saved)) return saved.code === 'not_found' ? null : saved;
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
  const { commits, changed, untracked } = saved;
  const data = { commits, changed, untracked };
  const event = { kind: 'trash.add', source: end.source, at, sessionId: session.id, data };
  return { ...entry, id: store.write(() => store.trash.add(entry, event)), restoredAt: null };
}

/** Gives a session back whose work cannot be saved: it stays as it is, but for its Claude. */
function letGo({ store, clock }: App, session: Session, end: SessionEnd, why: Refusal): Refusal {
  const open = {
    state: 'open' as const,
    movedBy: null,
    movedAt: clock.now(),
    endReason: null,
  };
  const event = { kind: 'session.end_refused', source: end.source, at: clock.iso() };
  const data = { reason: why.reason };
  store.write(() => store.sessions.move(session, open, { ...event, data }));
  return why;
}

/** Writes down that it could not be ended, so that nobody tries again at once. */
function note({ store, clock }: App, session: Session, end: SessionEnd, why: Refusal): Refusal {
  const event = { kind: 'session.end_refused', source: end.source, at: clock.iso() };
  const place = { taskId: session.taskId, sessionId: session.id, data: { reason: why.reason } };
  store.write(() => store.events.append({ ...event, ...place }));
  return why;
}

function close(app: App, session: Session, end: SessionEnd, entry: TrashEntry | null): void {
  const { store, clock } = app;
  const at = clock.iso();
  const trash = entry?.id ?? null;
  const closed = {
    state: 'closed' as const,
    movedBy: null,
    movedAt: clock.now(),
    closedAt: at,
    pane: null,
    pid: null,
  };
  const data = { reason: end.reason, trash };
  store.write(() => {
    const event = { kind: 'session.close', source: end.source, at, data };
    if (store.sessions.move(session, closed, event) === null) return;
    store.attempts.end(session.id, at, end.reason);
    if (end.event === null) return;
    // A refusal means that the task is there already: a hook, the supervisor or the same key pressed twice was faster.
    const context = { at, source: end.source, sessionId: session.id, data: { trash } };
    applyTaskEvent(store, session.taskId, end.event, context);
  });
}

/** Whether somebody tried a short while ago and was refused: nothing will have changed since. */
export function wasRefused({ store, clock }: App, session: Session): boolean {
  const refused = store.events
    .ofTask(session.taskId, 20)
    .findLast(({ kind, sessionId }) => kind === 'session.end_refused' && sessionId === session.id);
  return refused !== undefined && clock.now() - Date.parse(refused.at) < AGAIN_MS;
}
