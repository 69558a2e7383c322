import { type Refusal, refuse } from '#domain/error.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Session } from '#domain/session.ts';

/** Whether claustre ended its Claude to free memory or a slot. A session that is being parked is not yet parked. */
export function isParked({
  parkedAt = null,
  activity,
}: Pick<Session, 'activity'> & Partial<Pick<Session, 'parkedAt'>>): boolean {
  return parkedAt !== null && activity.name === 'ended';
}

/**
 * Why a session must not be parked now, as far as it is recorded; undefined when it may. Parked is only what can be gone on with as if nothing
 * had been: Claude at its prompt, nothing of it in the background, and a conversation that can be resumed.
 */
export function whyNotPark(
  session: Pick<
    Session,
    'taskId' | 'state' | 'activity' | 'turnBehind' | 'promptedAt' | 'turnEndedAt'
  >,
  round: Pick<Round, 'kind'> | null,
): Refusal | undefined {
  const id = session.taskId;
  if (session.state !== 'open') return refuse(`The session of #${id} is being opened or ended.`);
  const { name } = session.activity;
  if (name === 'ended' || name === 'lost') return refuse(`Claude has ended in #${id} already.`);
  if (name !== 'idle') return refuse(`Claude is not at its prompt in #${id}.`);
  if (session.turnBehind) return refuse(`Work of Claude's goes on in the background in #${id}.`);
  if (session.promptedAt === null) {
    return refuse(`The conversation of #${id} has no prompt yet and could not be resumed.`);
  }
  if (round !== null && round.kind !== 'review') {
    return refuse(`A ${round.kind} round of #${id} is not over.`);
  }
  return undefined;
}
