import type { App } from '#app.ts';
import { wordsSince } from '#domain/claude/last-words.ts';
import type { FeedbackVerdict } from '#domain/pull-request/feedback.ts';
import { fixBeginning, readVerdicts } from '#domain/pull-request/message/fix-message.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round, RoundOutcome } from '#domain/pull-request/round.ts';
import type { Session } from '#domain/session.ts';

/** What Claude said of one piece of feedback at the end of a round. */
export interface Answer {
  feedbackId: string;
  /** The statement that it was decided for. */
  statementId: string;
  verdict: FeedbackVerdict;
  reason: string;
}

/** The end of a conversation in which its last message surely stands. */
const TAIL_BYTES = 1024 * 1024;

/** What Claude said of the feedback of a round, from its conversation. */
export function readAnswers(
  { claude }: Pick<App, 'claude'>,
  { id, evidence }: Round,
  { transcriptPath }: Pick<Session, 'transcriptPath'>,
  { number }: Pick<PullRequest, 'number'>,
): Answer[] {
  if (transcriptPath === null) return [];
  const size = claude.transcriptSize(transcriptPath);
  if (size === null) return [];
  const lines: unknown[] = [];
  for (let from = Math.max(0, size - TAIL_BYTES); ; ) {
    const part = claude.readTranscript(transcriptPath, from);
    if (part === null) break;
    lines.push(...part.lines);
    if (!part.more || part.next === from) break;
    from = part.next;
  }
  return readVerdicts(wordsSince(lines, fixBeginning(id, number))).flatMap((said) => {
    const reason = evidence[said.label - 1];
    if (reason === undefined || (reason.kind !== 'feedback' && reason.kind !== 'review')) return [];
    const [feedbackId = '', statementId = ''] = reason.key.split(' ');
    return [{ feedbackId, statementId, verdict: said.verdict, reason: said.reason }];
  });
}

/** Ends a round, with what was decided in it; what Claude used since goes to the task's own work again. */
export function endRound(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  round: Round,
  { outcome, note }: { outcome: RoundOutcome; note: string | null },
  answers: readonly Answer[],
): void {
  const at = clock.iso();
  store.write(() => {
    const now = store.rounds.find(round.id);
    if (now === null || now.endedAt !== null) return;
    const session = store.sessions.openOf(round.taskId);
    const attempt = session === null ? null : store.attempts.currentOf(session.id);
    const own = attempt?.purpose === 'fix' ? attempt : null;
    const spent = round.kind === 'finish' ? attempt : own;
    store.rounds.update(
      round.id,
      { endedAt: clock.now(), outcome, note, costUsd: spent?.costUsd ?? null },
      {
        kind: `${round.kind}.end`,
        source: 'supervisor',
        at,
        taskId: round.taskId,
        sessionId: session?.id ?? null,
        data: { outcome, ...(note === null ? {} : { note }) },
      },
    );
    for (const { feedbackId, statementId, verdict, reason } of answers) {
      if (round.pullRequestId === null) continue;
      const decision = { roundId: round.id, decidedFor: statementId, verdict, reason };
      store.feedback.decide(round.pullRequestId, feedbackId, decision, null);
    }
    if (session === null || own === null) return;
    const { id: sessionId, claudeSessionId, taskId } = session;
    store.attempts.end(sessionId, at, outcome);
    store.attempts.start({ taskId, sessionId, purpose: 'work', claudeSessionId, startedAt: at });
  });
}
