import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { TaskEvent } from '#domain/task.ts';
import { endAndApply } from '#operations/task/end-and-apply.ts';
import { findTask } from '#operations/task/find.ts';

/** What the recorded reasons mean for the task once its session is gone. */
const EVENT_OF: Record<string, TaskEvent> = {
  kill: 'kill',
  done: 'finish',
  merge: 'merge',
  pushed: 'finish',
  'remove-task': 'kill',
};

/** An end that has not come further for this long was cut off by a crash. */
const CUT_OFF_MS = 60_000;

/**
 * Finishes what a crash cut off: sessions that were being ended, and open sessions of tasks that are done. Returns how many were ended; what
 * cannot be saved now stays and is tried again at the next call.
 */
export async function finishClosing(app: App): Promise<number> {
  const { store, clock, log } = app;
  let ended = 0;
  for (const session of store.sessions.open()) {
    const found = findTask(store, session.taskId);
    if (isRefusal(found)) continue;
    const { task, project } = found;
    const closing = store.events
      .ofTask(task.id, 50)
      .findLast((event) => event.kind === 'session.closing' && event.sessionId === session.id);
    const cutOff =
      session.state === 'closing' &&
      closing !== undefined &&
      clock.now() - Date.parse(closing.at) > CUT_OFF_MS;
    const leftOpen = session.state === 'open' && task.status === 'done';
    if (!cutOff && !leftOpen) continue;
    const reason = cutOff ? String(closing.data.reason) : 'merge';
    const done = await endAndApply(app, task, project, session, {
      reason,
      event: EVENT_OF[reason] ?? 'kill',
      source: 'supervisor',
    });
    if (isRefusal(done)) log.info('A session stays open.', { task: task.id, reason: done.reason });
    else ended += 1;
  }
  return ended;
}
