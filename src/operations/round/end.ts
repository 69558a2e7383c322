import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { Round, RoundOutcome } from '#domain/pull-request/round.ts';
import type { Verdict } from '#domain/pull-request/verdict.ts';
import type { Session } from '#domain/session.ts';

export interface RoundEnd {
  outcome: RoundOutcome;
  /** A sentence about it; null when there is nothing to say. */
  note: string | null;
  verdicts?: readonly Verdict[];
  /** What a Claude of its own said of its run; null when it said nothing. */
  result?: PrintResult | null;
}

/**
 * Records how a round ended, what it decided and what it cost, in one transaction. What the review loop decided waits for its answer from
 * then on. A round that has ended stays as it is.
 */
export function endRound(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  round: Round,
  { outcome, note, verdicts = [], result = null }: RoundEnd,
): Round {
  return store.write(() => {
    const now = store.rounds.find(round.id);
    if (now === null || now.endedAt !== null) return now ?? round;
    for (const verdict of verdicts) {
      store.verdicts.add(verdict);
      if (round.pullRequestId !== null) decide({ store }, round.pullRequestId, verdict);
    }
    const session = store.sessions.openOf(round.taskId);
    const costUsd = costOf({ store, clock }, round, session, { outcome, result });
    const changes = { endedAt: clock.now(), outcome, note, costUsd };
    store.rounds.update(round.id, changes, {
      ...{ kind: `${round.kind}.end`, source: 'claustre', at: clock.iso() },
      ...{ taskId: round.taskId, sessionId: session?.id ?? null },
      data: { outcome, note, costUsd, ...countsOf(verdicts) },
    });
    return { ...now, ...changes };
  });
}

function decide({ store }: Pick<App, 'store'>, pullRequestId: number, decided: Verdict): void {
  const { roundId, feedbackId, statementId, verdict, reason } = decided;
  const decision = { roundId, decidedFor: statementId, verdict, reason };
  const open = { replyId: null, answeredAt: null };
  store.feedback.decide(pullRequestId, feedbackId, { ...decision, ...open }, null);
}

function countsOf(verdicts: readonly Verdict[]): Record<string, number> {
  const count = (which: Verdict['verdict']): number =>
    verdicts.filter(({ verdict }) => verdict === which).length;
  return { fixed: count('fixed'), answered: count('answered'), declined: count('declined') };
}

/** What a round has cost, where that is known; what its own attempt was is written down with it. */
function costOf(
  app: Pick<App, 'store' | 'clock'>,
  round: Round,
  session: Session | null,
  { outcome, result }: Required<Pick<RoundEnd, 'outcome' | 'result'>>,
): number | null {
  switch (round.kind) {
    case 'finish':
      // It is a part of the attempt in which the work was left undone.
      return session === null ? null : (app.store.attempts.currentOf(session.id)?.costUsd ?? null);
    case 'fix':
      return goBackToWork(app, session, outcome);
    case 'review':
      return addReview(app, round, session, outcome, result);
    default:
      return round.kind satisfies never;
  }
}

/** What the task's own Claude uses from here on is its work again; returns what fixing has cost. */
function goBackToWork(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  session: Session | null,
  outcome: RoundOutcome,
): number | null {
  const attempt = session === null ? null : store.attempts.currentOf(session.id);
  if (session === null || attempt?.purpose !== 'fix') return null;
  const { id: sessionId, taskId, claudeSessionId } = session;
  const at = clock.iso();
  store.attempts.end(sessionId, at, outcome);
  store.attempts.start({ taskId, sessionId, purpose: 'work', claudeSessionId, startedAt: at });
  return attempt.costUsd;
}

/** Notes what the review loop's own Claude used; returns what that has cost. */
function addReview(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  { taskId, startedAt }: Round,
  session: Session | null,
  outcome: RoundOutcome,
  result: PrintResult | null,
): number | null {
  const costUsd = result?.costUsd ?? null;
  if (session === null || result?.claudeSessionId == null) return costUsd;
  const { claudeSessionId, inputTokens, outputTokens, durationMs } = result;
  store.attempts.add({
    ...{
      taskId,
      sessionId: session.id,
      purpose: 'review',
      claudeSessionId,
      outcome,
      ...{ model: null, errorCode: null, charged: false },
      inputTokens,
      outputTokens,
    },
    ...{ startedAt: new Date(startedAt).toISOString(), endedAt: clock.iso() },
    ...{ costUsd, costSeenUsd: null, workedMs: durationMs },
  });
  return costUsd;
}
