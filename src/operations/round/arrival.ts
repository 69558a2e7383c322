import type { App } from '#app.ts';
import { finishBeginning } from '#domain/pull-request/message/finish-message.ts';
import { fixBeginning } from '#domain/pull-request/message/fix-message.ts';
import type { Round } from '#domain/pull-request/round.ts';

/**
 * Notes that Claude has the message of a round, if it reported to have taken it; returns the round as it is then, or null while nothing is
 * reported. From here on what Claude uses is the round's.
 */
export function noteArrival(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  round: Round,
): Round | null {
  return store.write(() => {
    const now = store.rounds.find(round.id);
    if (now === null || now.endedAt !== null || now.sentAt !== null) return now;
    const found = arrivalOf({ store }, now);
    if (found === null) return null;
    store.rounds.update(now.id, { sentAt: found.at }, null);
    const session = store.sessions.find(found.sessionId);
    if (session !== null) {
      const at = clock.iso();
      const { id: sessionId, claudeSessionId, taskId } = session;
      store.attempts.end(sessionId, at, `${now.kind} round`);
      const purpose = now.kind === 'fix' ? 'fix' : 'work';
      store.attempts.start({ taskId, sessionId, purpose, claudeSessionId, startedAt: at });
    }
    return { ...now, sentAt: found.at };
  });
}

/** When Claude took the message of a round, by its own report; the message says which round it is of. */
function arrivalOf(
  { store }: Pick<App, 'store'>,
  round: Round,
): { at: number; sessionId: string } | null {
  const beginning = beginningOf({ store }, round);
  if (beginning === null) return null;
  const event = store.events
    .ofTask(round.taskId, 200)
    .findLast(
      ({ sessionId, data: { prompt } }) =>
        sessionId !== null &&
        typeof prompt === 'string' &&
        prompt.trimStart().startsWith(beginning),
    );
  if (event === undefined || event.sessionId === null) return null;
  return { at: Date.parse(event.at), sessionId: event.sessionId };
}

/** How the message of a round begins; null when its pull request is gone. */
function beginningOf({ store }: Pick<App, 'store'>, round: Round): string | null {
  if (round.kind === 'finish') return finishBeginning(round.id, round.taskId);
  const pullRequest =
    round.pullRequestId === null ? null : store.pullRequests.find(round.pullRequestId);
  return pullRequest === null ? null : fixBeginning(round.id, pullRequest.number);
}
