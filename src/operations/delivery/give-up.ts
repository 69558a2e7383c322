import type { App } from '#app.ts';
import { type ErrorCode, errorRule, holdsEverything } from '#domain/attempt/error-code.ts';
import { isRefusal } from '#domain/error.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';

/** Longer than any sentence; the whole stands in the events. */
const MAX_TEXT = 500;

/**
 * Ends a task in error, with the evidence, and its attempt with it. Call it inside `store.write`. What no other task would escape either pauses
 * the whole queue. Returns whether the task could be given up.
 */
export function giveUp(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  task: Pick<Task, 'id'>,
  session: Session,
  { code, text, failures }: { code: ErrorCode; text: string; failures?: number },
): boolean {
  const at = clock.iso();
  const rule = errorRule(code);
  const charged = rule.charged === 'always';
  const applied = applyTaskEvent(store, task.id, 'give_up', {
    ...{ at, source: 'supervisor', sessionId: session.id },
    data: { code, text },
    changes: {
      errorCode: code,
      errorText: text.slice(0, MAX_TEXT),
      retryAt: null,
      ...(failures === undefined ? {} : { failures }),
    },
  });
  const { turnEndedAt } = session;
  store.sessions.update(session.id, { judgedAt: turnEndedAt, failure: null }, null);
  if (isRefusal(applied)) return false;
  store.attempts.fail(session.id, at, text, { errorCode: code, charged });
  if (holdsEverything(code) && store.queue.read().pausedAt === null) {
    const pauseReason = `Claude ${rule.words} (#${task.id})`;
    const event = { kind: 'queue.pause', source: 'supervisor' as const, at };
    store.queue.set({ pausedAt: at, pauseReason }, { ...event, data: { reason: pauseReason } });
  }
  return true;
}
