import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { Round, RoundOutcome } from '#domain/pull-request/round.ts';
import type { Verdict } from '#domain/pull-request/verdict.ts';

export interface RoundEnd {
  outcome: RoundOutcome;
  /** A sentence about it; null when there is nothing to say. */
  note: string | null;
  verdicts: readonly Verdict[];
  /** What Claude said of its run; null when it said nothing. */
  result: PrintResult | null;
}

/**
 * Records how a round ended, what it decided and what it cost, in one transaction. What was decided waits for its answer from then on.
 * A round that has ended stays as it is.
 */
export function endRound(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  round: Round,
  { outcome, note, verdicts, result }: RoundEnd,
): Round {
  return store.write(() => {
    const now = store.rounds.find(round.id);
    if (now === null || now.endedAt !== null) return now ?? round;
    for (const verdict of verdicts) {
      store.verdicts.add(verdict);
      if (round.pullRequestId !== null) decide({ store }, round.pullRequestId, verdict);
    }
    addAttempt({ store, clock }, round, outcome, result);
    const changes = { endedAt: clock.now(), outcome, note, costUsd: result?.costUsd ?? null };
    store.rounds.update(round.id, changes, {
      ...{ kind: 'review.end', source: 'claustre', at: clock.iso(), taskId: round.taskId },
      data: { outcome, note, costUsd: changes.costUsd, ...countsOf(verdicts) },
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

function addAttempt(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  round: Round,
  outcome: string,
  result: PrintResult | null,
): void {
  const session = store.sessions.openOf(round.taskId);
  if (session === null || result?.claudeSessionId == null) return;
  const { claudeSessionId, inputTokens, outputTokens, costUsd, durationMs } = result;
  store.attempts.add({
    ...{ taskId: round.taskId, sessionId: session.id, purpose: 'review', claudeSessionId },
    ...{ startedAt: new Date(round.startedAt).toISOString(), endedAt: clock.iso(), outcome },
    ...{ model: null, errorCode: null, charged: false },
    ...{ inputTokens, outputTokens, costUsd, costSeenUsd: null, workedMs: durationMs },
  });
}
