import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { AFTER_LIMIT } from '#domain/prompt.ts';
import { limitHold } from '#domain/queue/limit.ts';
import { whoGoesOn } from '#domain/queue/limited.ts';
import { sendToSession } from '#operations/session/send.ts';
import { type GoOnFacts, goOnFacts } from './facts.ts';

/** What could not be told is tried again after this. */
const AGAIN_MS = 15_000;

/** When each session was last tried, by its id: one that takes nothing must not keep the others waiting. */
export type Tried = Map<string, number>;

/**
 * Tells the next autonomous task that a usage limit stopped to go on, once the limit was reset. Returns the milliseconds until it is worth to
 * look again; null when only a change can bring something.
 */
export async function goOnAfterLimit(app: App, tried: Tried): Promise<number | null> {
  const { clock } = app;
  const { open, isPaused, ...facts } = goOnFacts(app);
  const limited = open.filter(
    ({ task, session }) =>
      session.state === 'open' && session.activity.name === 'limited' && !isPaused(task.projectId),
  );
  tellSupervised(app, limited);
  const next = whoGoesOn({ ...facts, limited });
  for (const id of next.tasks) {
    const { session } = limited.find(({ task }) => task.id === id) ?? {};
    if (session === undefined) continue;
    if (clock.now() - (tried.get(session.id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
    tried.set(session.id, clock.now());
    const sent = await sendToSession.run(app, { task: id, text: AFTER_LIMIT });
    // Whoever it was: the rule decides anew with what is known then.
    if (!isRefusal(sent)) return 0;
    app.log.info('A task could not be told to go on after its usage limit.', {
      task: id,
      reason: sent.reason,
    });
  }
  if (next.tasks.length > 0) return AGAIN_MS;
  return next.until === null ? null : Math.max(0, next.until - clock.now());
}

/** Others go on by a person's word; that the limit is over is written down once, so that whoever shows it looks again. */
function tellSupervised(app: App, limited: GoOnFacts['open']): void {
  const { store, clock } = app;
  const mine = limited.filter(({ task }) => task.mode !== 'autonomous');
  if (mine.length === 0) return;
  if (limitHold(store.attempts.limits(), { reservePercent: 0 }, clock.now()) !== null) return;
  for (const { task, session } of mine) {
    const uid = `limit.over:${session.id}:${session.activity.since}`;
    if (store.events.has(uid)) continue;
    const event = { uid, kind: 'limit.over', source: 'supervisor' as const, at: clock.iso() };
    const place = { taskId: task.id, sessionId: session.id };
    store.write(() => store.events.append({ ...event, ...place }));
  }
}
