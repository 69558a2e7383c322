import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { isBetweenTurns } from '#domain/session.ts';
import { beginTurn } from '#operations/launch/resume.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from '#operations/task/find.ts';
import { isReported, takeReports } from './reported.ts';

/** A Claude that prints starts first, which takes a second or several, and reports its prompt then. */
const TAKEN_MS = 30_000;
const LOOK_MS = 100;

/** Tells the Claude of a session that prints something, between two of its turns: it begins the next one. Succeeds only when Claude took it. */
export async function tellPrinting(
  app: App,
  id: number,
  text: string,
): Promise<{ task: number; taken: true } | Refusal> {
  const { store, clock } = app;
  await lookAtSessions(app, [id]);
  const found = findTask(store, id);
  if (isRefusal(found)) return found;
  const session = store.sessions.openOf(id);
  if (session === null || session.state !== 'open') {
    return refuse(`#${id} has no session.`, `Launch it: claustre launch ${id}`);
  }
  if (!isBetweenTurns(session)) return notBetween(id);
  const before = session.promptedAt ?? 0;
  const refused = await beginTurn(app, { ...found, session }, text);
  if (refused !== undefined) return refused;
  const deadline = clock.now() + TAKEN_MS;
  for (;;) {
    takeReports(app);
    if (isReported(app, { task: id, session: session.id }, before, text)) {
      return { task: id, taken: true };
    }
    await lookAtSessions(app, [id]);
    const now = store.sessions.find(session.id);
    if (clock.now() > deadline || now === null || now.activity.name === 'ended') {
      return refuse(
        `Claude did not report the text in #${id}.`,
        `See what it printed: claustre logs ${id}`,
      );
    }
    await clock.wait(LOOK_MS);
  }
}

function notBetween(id: number): Refusal {
  return refuse(`Claude works in #${id}.`, `Wait until its turn has ended: claustre why ${id}`);
}
