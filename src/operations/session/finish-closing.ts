import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { isMoving } from '#domain/session.ts';
import type { TaskEvent } from '#domain/task.ts';
import { findTask } from '#operations/task/find.ts';
import { endSession, wasRefused } from './end.ts';

/** What the recorded reasons mean for the task once its session is gone. */
const EVENT_OF: Record<string, TaskEvent> = {
  kill: 'kill',
  done: 'finish',
  merge: 'merge',
  pushed: 'finish',
  'remove-task': 'kill',
};

/**
 * Finishes what a crash cut off: sessions that were being ended, and open sessions of tasks that are done. Returns how many were ended; what
 * cannot be saved now stays, and one that fails does not hold up the others.
 */
export async function finishClosing(app: App): Promise<number> {
  const { store, clock, host, log } = app;
  let ended = 0;
  for (const session of store.sessions.open()) {
    const found = findTask(store, session.taskId);
    if (isRefusal(found) || isMoving(session, clock.now(), host.isAlive)) continue;
    const { task, project } = found;
    const leftOpen = session.state === 'open' && task.status === 'done';
    if ((session.state !== 'closing' && !leftOpen) || wasRefused(app, session)) continue;
    const reason = session.endReason ?? 'merge';
    const event = leftOpen ? null : (EVENT_OF[reason] ?? 'kill');
    try {
      const done = await endSession(app, task, project, session, {
        reason,
        event,
        source: 'supervisor',
      });
      if (isRefusal(done))
        log.info('A session stays open.', { task: task.id, reason: done.reason });
      else ended += 1;
    } catch (error) {
      log.error(`The session of #${task.id} could not be ended.`, error);
    }
  }
  return ended;
}
