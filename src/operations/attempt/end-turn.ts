import type { App } from '#app.ts';
import type { Activity } from '#domain/activity.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { Session } from '#domain/session.ts';

/**
 * Records the end of a turn of a Claude that prints: what it cost, and, where its hooks could not tell it, that it is over. A run without a result
 * is left to whoever finds its process gone. Returns the task; null when the session is closed.
 */
export function endTurn(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  sessionId: string,
  { result }: { result: PrintResult | null },
): number | null {
  return store.write(() => {
    const session = store.sessions.find(sessionId);
    if (session === null || session.state === 'closed') return null;
    if (result === null) return session.taskId;
    addCost({ store }, session, result);
    const activity = missedEnd(session, result, clock.now());
    if (activity === null) return session.taskId;
    const ended = result.failed === null ? { turnEndedAt: clock.now(), turnBehind: false } : {};
    const event = { kind: 'session.activity', source: 'claustre' as const, at: clock.iso() };
    const data = { from: session.activity.name, to: activity.name, by: activity.source };
    const place = { taskId: session.taskId, data };
    store.sessions.update(sessionId, { activity, ...ended }, { ...event, ...place });
    return session.taskId;
  });
}

/** Each run tells its own cost, also of a conversation that was resumed. */
function addCost({ store }: Pick<App, 'store'>, session: Session, { costUsd }: PrintResult): void {
  if (costUsd === null) return;
  const attempt = store.attempts
    .ofTask(session.taskId)
    .findLast((each) => each.sessionId === session.id && /^(?:work|fix)$/.test(each.purpose));
  if (attempt === undefined) return;
  store.attempts.setUsage(attempt.id, { costUsd: (attempt.costUsd ?? 0) + costUsd });
}

/** The state in which the turn ended, when it still counts as running. */
function missedEnd({ activity }: Session, result: PrintResult, now: number): Activity | null {
  if (activity.name !== 'working' && activity.name !== 'starting') return null;
  const name = result.limited ? 'limited' : 'idle';
  return { name, source: 'claustre', since: now, detail: result.failed };
}
