import type { App } from '#app.ts';
import type { Refusal } from '#domain/error.ts';
import type { Session } from '#domain/session.ts';

/** Ends the Claude of a session that has nothing to do any more, so that its slot and its memory are free. A launch resumes its conversation. */
export async function endClaude(
  { store, clock, host }: App,
  session: Session,
  why: string,
): Promise<Session | Refusal> {
  const parkedAt = clock.now();
  store.write(() => {
    const event = { kind: 'session.park', source: 'supervisor' as const, at: clock.iso() };
    const place = { taskId: session.taskId, data: { reason: why } };
    store.sessions.update(session.id, { parkedAt }, { ...event, ...place });
  });
  if (session.pid !== null && host.isAlive(session.pid)) host.kill(session.pid);
  return { ...session, parkedAt };
}
