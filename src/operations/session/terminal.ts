import type { App, TmuxTerminal } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { findLiveSession } from './find.ts';

/** A client of the session of a task under a terminal of this size, for a screen that shows it; refuses when there is no live session. */
export async function openSessionTerminal(
  app: App,
  given: { task: number; size: { columns: number; rows: number } },
): Promise<TmuxTerminal | Refusal> {
  const live = await findLiveSession(app, given.task);
  return isRefusal(live) ? live : app.tmux.openTerminal(live.session.id, given.size);
}
