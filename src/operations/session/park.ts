import type { App } from '#app.ts';
import { draftOn } from '#domain/claude/input-box.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { isParked, whyNotPark } from '#domain/parking/park.ts';
import type { Session } from '#domain/session.ts';
import { waitForExit } from './end.ts';
import { lookAtSessions } from './look.ts';

/**
 * Ends the idle Claude of a session and nothing else: worktree, branch, tmux session with its shells, and the conversation stay, and so does
 * the task's status. A launch, an attach or a text that is sent wakes it. `why` is a phrase for people. Refuses wherever something would be lost
 * by it: work, a draft in Claude's input box, somebody's place in its terminal. What a crash cut off is finished by the same call.
 */
export async function parkSession(
  app: App,
  given: Pick<Session, 'id' | 'taskId'>,
  why: string,
): Promise<Session | Refusal> {
  await lookAtSessions(app, [given.taskId]);
  const session = app.store.sessions.find(given.id);
  if (session === null) return refuse(`#${given.taskId} has no session.`, undefined, 'not_found');
  if (session.state === 'open' && isParked(session)) return session;
  const round = app.store.rounds.openOf(session.taskId);
  const wrong = whyNotPark(session, round) ?? (await whyNotInPane(app, session));
  if (wrong !== undefined) return letGo(app, session, wrong);
  const claimed = claim(app, session, why);
  if (claimed === null) return justChanged(session);
  await endClaude(app, claimed);
  return conclude(app, claimed, why);
}

/** Why what is seen of its pane speaks against it; undefined when nothing does. */
async function whyNotInPane(app: App, session: Session): Promise<Refusal | undefined> {
  const { tmux, claude, host } = app;
  const { taskId: id, transcriptPath, pane, runner } = session;
  if (pane === null || transcriptPath === null || !claude.hasConversation(transcriptPath)) {
    return refuse(`The conversation of #${id} could not be resumed.`);
  }
  // Between two turns one that prints has no process, and no box.
  if (runner === 'headless') return undefined;
  const environment = claude.readEnvironment(session.id) ?? host.environment;
  const reading = session.pid === null ? null : claude.readSessionsFile(session.pid, environment);
  if (reading !== null && reading.status !== 'idle') {
    return refuse(`Claude is not at rest in #${id}.`);
  }
  if ((await tmux.clients()).some((client) => client.session === session.id)) {
    return refuse(`Somebody is in the session of #${id}.`);
  }
  const screen = await tmux.readStyled(pane);
  if (isRefusal(screen)) return screen;
  const draft = draftOn(screen);
  if (draft === null) return refuse(`Claude's input box is not on the screen of #${id}.`);
  return draft === '' ? undefined : refuse(`Something is written in Claude's input box in #${id}.`);
}

/** Notes that it is being parked, if it still is as it was looked at; null when somebody was faster. */
function claim({ store, clock }: App, session: Session, why: string): Session | null {
  return store.write(() => {
    const now = store.sessions.find(session.id);
    if (now === null || !isSame(now, session)) return null;
    const { id, taskId } = session;
    const changes = { parkedAt: clock.now() };
    const event = { kind: 'session.parking', source: 'claustre' as const, at: clock.iso() };
    store.sessions.update(id, changes, { ...event, taskId, data: { reason: why } });
    return { ...now, ...changes };
  });
}

function isSame(now: Session, session: Session): boolean {
  return (
    now.state === session.state &&
    now.movedAt === session.movedAt &&
    now.promptedAt === session.promptedAt &&
    now.parkedAt === session.parkedAt &&
    now.activity.name === session.activity.name
  );
}

/** Ends Claude as the end of its terminal would, and waits for it; the pane stays, with what was last on it. */
export async function endClaude(app: App, session: Session): Promise<void> {
  const { pane: id, serverPid, pid } = session;
  // Another Claude may have been started in the pane meanwhile.
  const pane = (await app.tmux.panes()).find(
    (each) => each.pane === id && each.serverPid === serverPid && each.pid === pid && !each.dead,
  );
  if (pane === undefined) return;
  app.host.hangUp(pane.pid);
  await waitForExit(app, pane.pid);
}

function conclude(app: App, session: Session, why: string): Session | Refusal {
  const { store, clock } = app;
  return store.write(() => {
    const now = store.sessions.find(session.id);
    if (now === null || now.state !== 'open' || now.movedAt !== session.movedAt) {
      return justChanged(session);
    }
    // A prompt went in at the last moment: its turn was cut off, and the next look says so.
    if (now.parkedAt !== session.parkedAt) return justChanged(session);
    const { id, taskId } = session;
    const at = clock.iso();
    const ended = { name: 'ended', source: 'claustre', since: clock.now(), detail: why } as const;
    const changes = { activity: ended, pid: null };
    const event = { kind: 'session.park', source: 'claustre' as const, at, data: { reason: why } };
    store.sessions.update(id, changes, { ...event, taskId });
    store.attempts.end(id, at, why);
    return { ...now, ...changes };
  });
}

/** A parking that was cut off, and that something speaks against by now, is given up. Returns the refusal. */
function letGo({ store }: App, session: Session, why: Refusal): Refusal {
  if (session.parkedAt === null) return why;
  store.write(() => {
    const now = store.sessions.find(session.id);
    if (now?.movedAt !== session.movedAt || now.parkedAt !== session.parkedAt) return;
    store.sessions.update(session.id, { parkedAt: null }, null);
  });
  return why;
}

function justChanged({ taskId }: Session): Refusal {
  return refuse(`Something just happened in the session of #${taskId}.`, 'Look again.');
}
