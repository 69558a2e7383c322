import type { App, Pane } from '#app.ts';
import { type Activity, foldActivity, type Signal } from '#domain/activity.ts';
import { lossEvent } from '#domain/pull-request/pull-request.ts';
import { isBetweenTurns, isMoving, openIn, type Session } from '#domain/session.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';

/**
 * A Claude that neither reported nor wrote its sessions file by then stands in a start-up dialog (trust, login, a new server): while one is
 * open there is no hook and no file. Claude itself needs about a second; slow machines several.
 */
const STARTUP_DIALOG_MS = 8_000;

/**
 * Compares open sessions with what is really there (panes, processes, Claude's own files) and records what differs. `taskIds` null looks at all.
 * tmux is asked once, and only if there is a session to look at.
 */
export async function lookAtSessions(app: App, taskIds: readonly number[] | null): Promise<void> {
  const sessions = app.store.sessions
    .open()
    .filter((session) => taskIds === null || taskIds.includes(session.taskId));
  if (sessions.length === 0) return;
  const panes = await app.tmux.panes();
  for (const session of sessions) lookAt(app, session, panes);
}

/** Compares one session with the panes and its process; see lookAtSessions. */
export function lookAt(app: App, session: Session, panes: readonly Pane[]): void {
  if (session.state === 'closing') return;
  if (session.state === 'opening') {
    lookAtOpening(app, session, panes);
    return;
  }
  const pane = panes.find(
    (each) =>
      each.session === session.id &&
      each.pane === session.pane &&
      each.serverPid === session.serverPid,
  );
  let activity = session.activity;
  for (const signal of signals(app, session, pane)) activity = foldActivity(activity, signal);
  // It was ended on purpose: how its process went, and whether its pane is still there, is no news.
  if (session.parkedAt !== null && isOver(activity) && !isOver(session.activity)) {
    activity = { name: 'ended', source: 'claustre', since: app.clock.now(), detail: null };
  }
  if (activity !== session.activity || isLeftBehind(app, session)) record(app, session, activity);
}

/** An opening whose process is gone was cut off by a crash: with a pane it is open after all, without one it is lost. */
function lookAtOpening(app: App, session: Session, panes: readonly Pane[]): void {
  const { store, clock, host } = app;
  if (isMoving(session, clock.now(), host.isAlive)) return;
  const pane = panes.find((each) => each.session === session.id && !each.beside);
  const detail = 'the launch was cut off';
  const lost = { name: 'lost', source: 'claustre', since: clock.now(), detail } as const;
  if (pane === undefined) {
    if (session.activity.name !== 'lost') record(app, session, lost);
    return;
  }
  const event = { kind: 'session.adopt', source: 'supervisor' as const, at: clock.iso() };
  const open = store.write(() => store.sessions.move(session, openIn(pane, clock.now()), event));
  // It died before it was to be resumed, and that is known already.
  if (open !== null && pane.dead && pane.pid === session.pid) record(app, open, lost);
}

function* signals(app: App, session: Session, pane: Pane | undefined): Generator<Signal> {
  const at = app.clock.now();
  if (pane === undefined) {
    yield { kind: 'pane', at, state: 'gone', detail: 'its pane is gone' };
    return;
  }
  // One that prints ends with each of its turns.
  if (pane.dead && isBetweenTurns(session)) return;
  if (pane.dead) {
    yield { kind: 'pane', at, state: 'dead', detail: deathOf(pane) };
    return;
  }
  yield { kind: 'pane', at, state: 'alive', detail: null };
  // No dialog can stand before one that prints, and its own file is of another process.
  if (session.runner === 'headless') return;
  const environment = app.claude.readEnvironment(session.id) ?? app.host.environment;
  const reading = app.claude.readSessionsFile(pane.pid, environment);
  if (reading !== null) {
    yield { kind: 'sessions_file', at, reading };
    return;
  }
  const { activity } = session;
  const silent = session.reportedAt === null || session.reportedAt < activity.since;
  // A pane that runs something other than claude is still in its setup command.
  const isClaude = /^(claude|node)$/.test(pane.command);
  if (
    activity.name === 'starting' &&
    silent &&
    isClaude &&
    at - activity.since > STARTUP_DIALOG_MS
  ) {
    yield { kind: 'pane', at, state: 'dialog', detail: 'Claude waits at a start-up dialog' };
  }
}

function deathOf(pane: Pane): string {
  if (pane.signal !== null) return `ended by signal ${pane.signal}`;
  return pane.exitStatus === null ? 'ended' : `ended with exit code ${pane.exitStatus}`;
}

/** A session that is over while its task still works: its end came between two writes, and nobody would tell of it again. */
function isLeftBehind({ store }: App, session: Session): boolean {
  if (!isOver(session.activity) || session.parkedAt !== null) return false;
  return store.tasks.find(session.taskId)?.status === 'working';
}

function isOver(activity: Activity): boolean {
  return activity.name === 'ended' || activity.name === 'lost';
}

/** Writes the state if the session still is as it was read, and what it means for the task. */
function record(app: App, session: Session, activity: Activity): void {
  const { store, clock } = app;
  store.write(() => {
    const now = store.sessions.find(session.id);
    if (now === null || now.state !== session.state || now.movedAt !== session.movedAt) return;
    // A hook was faster: its state is newer than what was looked at.
    if (
      now.activity.since !== session.activity.since ||
      now.activity.name !== session.activity.name
    ) {
      return;
    }
    const at = clock.iso();
    store.sessions.update(
      session.id,
      { activity },
      {
        kind: 'session.activity',
        source: 'supervisor',
        at,
        taskId: session.taskId,
        data: { from: session.activity.name, to: activity.name, by: activity.source },
      },
    );
    if (!isOver(activity)) return;
    if (now.parkedAt !== null) {
      store.sessions.update(session.id, { pid: null }, null);
      store.attempts.end(session.id, at, 'parked');
      return;
    }
    store.attempts.end(session.id, at, activity.detail ?? activity.name);
    const task = store.tasks.find(session.taskId);
    if (task === null) return;
    const followed = () => store.pullRequests.of(task.id);
    applyTaskEvent(store, task.id, lossEvent(task, followed, session), {
      at,
      source: 'supervisor',
      sessionId: session.id,
      data: { reason: activity.detail },
    });
  });
}
