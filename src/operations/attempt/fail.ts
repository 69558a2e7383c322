import type { App } from '#app.ts';
import { backoffMs, type ErrorCode, errorRule } from '#domain/attempt/error-code.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { giveUp } from '#operations/delivery/give-up.ts';

/** How an attempt ended badly. */
export interface Failure {
  code: ErrorCode;
  /** The evidence, in one sentence. */
  text: string;
}

/**
 * Writes down that the attempt of an autonomous task ended badly, and what follows: it is tried again later, left to a person, or given up.
 * `most` is how many that count there may be. Nothing is written when the session has moved on since it was looked at.
 */
export function failAttempt(
  app: Pick<App, 'store' | 'clock'>,
  task: Pick<Task, 'id' | 'projectId'>,
  seen: Session,
  { code, text }: Failure,
  most: number,
): void {
  const { store, clock } = app;
  store.write(() => {
    const session = store.sessions.find(seen.id);
    const now = store.tasks.find(task.id);
    if (session === null || now === null || hasMovedOn(session, seen)) return;
    if (now.retryAt !== null) return;
    const rule = errorRule(code);
    const before = failuresInARow(app, task.id, session.id);
    const repeated = before.at(-1) === code;
    const charged = rule.charged === 'always' || (rule.charged === 'repeated' && repeated);
    const failures = now.failures + (charged ? 1 : 0);
    const at = clock.iso();
    const event = { source: 'supervisor' as const, at, projectId: task.projectId };
    const place = { taskId: task.id, sessionId: session.id };
    if (rule.retry === 'person') {
      store.sessions.update(session.id, { failure: code }, null);
      store.attempts.fail(session.id, at, text, { errorCode: code, charged });
      store.events.append({ ...event, ...place, kind: 'attempt.left', data: { code, text } });
      return;
    }
    const wait = backoffMs(code, before.length + 1);
    if (wait === null || failures >= most) {
      const tried = wait === null || most === 1 ? '' : ` (tried ${failures} times)`;
      giveUp(app, task, session, { code, text: `Claude ${rule.words}: ${text}${tried}`, failures });
      return;
    }
    const retryAt = new Date(clock.now() + wait).toISOString();
    store.sessions.update(session.id, { failure: code }, null);
    store.attempts.fail(session.id, at, text, { errorCode: code, charged });
    const data = { code, text, retryAt, failures, most };
    store.tasks.update(
      task.id,
      { retryAt, failures },
      { ...event, ...place, kind: 'attempt.fail', data },
    );
  });
}

function hasMovedOn(now: Session, seen: Session): boolean {
  return (
    now.state !== seen.state ||
    now.movedAt !== seen.movedAt ||
    now.promptedAt !== seen.promptedAt ||
    now.activity.name !== seen.activity.name
  );
}

/** Codes of the newest attempts of a session that ended badly one after the other, without the one that just did; the oldest first. */
function failuresInARow(
  { store }: Pick<App, 'store'>,
  taskId: number,
  sessionId: string,
): (string | null)[] {
  const over = store.attempts
    .ofTask(taskId)
    .filter((each) => each.sessionId === sessionId && each.endedAt !== null)
    .map(({ errorCode }) => errorCode);
  // The one that just ended may have been ended already by whoever saw its pane.
  const running = store.attempts.currentOf(sessionId) !== null;
  const before = running ? over : over.slice(0, -1);
  return before.slice(before.lastIndexOf(null) + 1);
}
