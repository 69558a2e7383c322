import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { Session } from '#domain/session.ts';

/** No check takes longer; what was not judged by then is unknown. */
export const CHECK_LIMIT_MS = 20 * 60_000;

/** What is judged, and under which name its run is found again. */
export interface Check {
  name: string;
  claudeSessionId: string;
  headCommit: string;
  texts: string[];
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** Records the run of the agent that judged, which has a conversation of its own. */
export function addAttempt(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  session: Session,
  { claudeSessionId, startedAt }: Check,
  { outcome, result }: { outcome: string; result: PrintResult | null },
): void {
  store.write(() =>
    store.attempts.add({
      ...{ taskId: session.taskId, sessionId: session.id, purpose: 'criteria', claudeSessionId },
      ...{ startedAt: new Date(startedAt).toISOString(), endedAt: clock.iso(), outcome },
      ...{ model: null, errorCode: null, charged: false, costSeenUsd: null },
      inputTokens: result?.inputTokens ?? null,
      outputTokens: result?.outputTokens ?? null,
      costUsd: result?.costUsd ?? null,
      workedMs: result?.durationMs ?? null,
    }),
  );
}
