import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { parkSession } from '#operations/session/park.ts';
import { isWatched } from '#operations/session/watched.ts';

/** Sessions of autonomous tasks whose work is delivered or given up, and whose Claude still lives without anything to do. */
export function restingSessions({ store }: Pick<App, 'store'>): Session[] {
  return store.sessions.open().filter((session) => {
    const { state, activity, parkedAt, turnBehind } = session;
    if (state !== 'open' || parkedAt !== null || turnBehind) return false;
    if (activity.name !== 'idle' && activity.name !== 'working') return false;
    const task = store.tasks.find(session.taskId);
    if (task?.mode !== 'autonomous') return false;
    const over = endOf({ store }, task, session);
    // Somebody who started it again since, or told it something, wants it.
    if (over === null || session.movedAt >= over || (session.promptedAt ?? 0) > over) return false;
    return store.rounds.openOf(task.id) === null;
  });
}

/** When the work of a task came to its end, in milliseconds since 1970; null while it goes on. */
function endOf(
  { store }: Pick<App, 'store'>,
  { id, status }: Task,
  session: Session,
): number | null {
  if (isReviewed(status)) return session.activity.name === 'idle' ? session.turnEndedAt : null;
  if (status !== 'error') return null;
  const givenUp = store.events.lastOf(id, ['task.give_up']);
  return givenUp === null ? null : Date.parse(givenUp.at);
}

/** Ends the Claude of such a session, so that the next task can have its place; nobody is cut off who sits before it. */
export async function restSession(app: App, session: Session): Promise<boolean> {
  if (await isWatched(app, session.id)) return false;
  const { store, tmux } = app;
  if (session.activity.name === 'working') {
    // It was given up in the middle of its turn.
    if (session.pane !== null) await tmux.sendKeys(session.pane, ['Escape']);
    return false;
  }
  const status = store.tasks.find(session.taskId)?.status;
  const ended = await parkSession(app, session, status === 'error' ? 'given up' : 'delivered');
  if (isRefusal(ended)) {
    app.log.info('A Claude that has nothing to do could not be ended.', { reason: ended.reason });
    return false;
  }
  return true;
}
