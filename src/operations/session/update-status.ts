import type { Store } from '#app.ts';
import type { Session } from '#domain/session.ts';
import {
  type Attempt,
  addCost,
  type Limit,
  readStatusReport,
  type StatusReport,
} from '#domain/usage.ts';
import { type Report, recordHook } from './update.ts';

type Stores = Pick<Store, 'sessions' | 'attempts' | 'events' | 'write'>;

/** An unchanged limit is read again this often, so that its age on the screen stays honest. */
const LIMIT_AGE_MS = 60_000;

const SIDE_BY_SIDE_MS = 1_000;

interface Outcome {
  session: Partial<Pick<Session, 'model' | 'contextPercent'>>;
  cost: { attempt: Attempt; costUsd: number; costSeenUsd: number } | null;
  limits: Limit[];
}

/**
 * Records what Claude tells its status line: cost of the attempt, context, model, limits of the account. Returns whether anything was
 * written; like recordHook it leaves the database alone when nothing is new. Throws `environment` when the database stays busy.
 */
export function recordStatus(store: Stores, report: Report): boolean {
  const status = readStatusReport(report.payload);
  if (decide(store, status, report) === null) return false;
  return store.write(() => {
    if (store.events.has(report.uid)) return false;
    const session = store.sessions.find(report.sessionId);
    const outcome = decide(store, status, report);
    if (session === null || outcome === null) return false;
    const reportedAt = Math.max(report.at, session.reportedAt ?? 0);
    store.sessions.update(
      session.id,
      { ...outcome.session, reportedAt },
      {
        uid: report.uid,
        at: new Date(report.at).toISOString(),
        taskId: session.taskId,
        kind: 'session.status',
        source: 'hook',
        data: {
          ...outcome.session,
          ...(outcome.cost === null ? {} : { costUsd: outcome.cost.costUsd }),
        },
      },
    );
    if (outcome.cost !== null) {
      const { attempt, ...usage } = outcome.cost;
      store.attempts.setUsage(attempt.id, usage);
    }
    for (const limit of outcome.limits) store.attempts.setLimit(limit);
    return true;
  });
}

function decide(store: Stores, status: StatusReport, { sessionId, at }: Report): Outcome | null {
  const session = store.sessions.find(sessionId);
  if (session === null || session.state === 'closed') return null;
  const late = at < (session.reportedAt ?? 0);
  // Hooks and the status line run side by side; only a parked report is old by more than their few milliseconds.
  const outdated = at < (session.reportedAt ?? 0) - SIDE_BY_SIDE_MS;
  const outcome: Outcome = {
    session: outdated ? {} : shown(session, status),
    cost: costOf(store, session.id, status.costUsd, late),
    limits: freshLimits(store.attempts.limits(), status.limits, at),
  };
  const silent = Object.keys(outcome.session).length === 0 && outcome.cost === null;
  return silent && outcome.limits.length === 0 ? null : outcome;
}

function shown(session: Session, status: StatusReport): Outcome['session'] {
  const { model, contextPercent } = status;
  return {
    ...(model === null || model === session.model ? {} : { model }),
    ...(contextPercent === null || contextPercent === session.contextPercent
      ? {}
      : { contextPercent }),
  };
}

function costOf(
  store: Stores,
  sessionId: string,
  seen: number | null,
  late: boolean,
): Outcome['cost'] {
  const attempt = seen === null ? null : store.attempts.currentOf(sessionId);
  if (seen === null || attempt === null) return null;
  // A new attempt may go on with Claude's total of the one before it, which was counted there.
  const base = attempt.costSeenUsd ?? store.attempts.costSeenIn(sessionId);
  // A total that was parked is older than the one known; taken for a new beginning it would be counted twice.
  if (late && seen < (base ?? 0)) return null;
  if (seen === base && attempt.costUsd !== null) return null;
  return { attempt, ...addCost({ costUsd: attempt.costUsd, costSeenUsd: base }, seen) };
}

function freshLimits(known: readonly Limit[], said: StatusReport['limits'], at: number): Limit[] {
  return said.flatMap((limit) => {
    // Claude goes on telling what it was told last: after the reset that says nothing, and must not hide what a new turn ran into.
    if (limit.resetsAt !== null && limit.resetsAt <= at) return [];
    const before = known.find((one) => one.window === limit.window);
    const same = before?.usedPercent === limit.usedPercent && before.resetsAt === limit.resetsAt;
    if (
      before !== undefined &&
      (at < before.readAt || (same && at - before.readAt < LIMIT_AGE_MS))
    ) {
      return [];
    }
    return [{ ...limit, readAt: at }];
  });
}

/** A report as it is parked while the database is busy. */
export interface ParkedReport {
  uid: string;
  sessionId: string;
  at: number;
  kind: 'hook' | 'status';
  body: string;
}

/** Records a parked report; one whose body is no JSON says nothing. Returns whether anything was written. */
export function recordParked(
  store: Stores & Parameters<typeof recordHook>[0],
  parked: ParkedReport,
): boolean {
  const { uid, sessionId, at } = parked;
  const payload = parseJson(parked.body);
  if (payload === undefined) return false;
  const report = { uid, sessionId, at, payload };
  return parked.kind === 'hook' ? recordHook(store, report) : recordStatus(store, report);
}

/** The value, or undefined when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
