import type { App } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { isSamePrompt } from '#domain/prompt.ts';
import { takeParked } from '#operations/session/take-parked.ts';

/** Whether Claude has reported this text, as it was pasted, since `before` (milliseconds since 1970). */
export function isReported(
  { store }: Pick<App, 'store'>,
  live: { task: number; session: string },
  before: number,
  text: string,
): boolean {
  const session = store.sessions.find(live.session);
  if (session === null || (session.promptedAt ?? 0) <= before) return false;
  return store.events
    .ofTask(live.task, 20)
    .filter((event) => event.sessionId === session.id && Date.parse(event.at) > before)
    .some(({ data: { prompt } }) => {
      // The event keeps the beginning of a long prompt.
      return typeof prompt === 'string' && (isSamePrompt(text, prompt) || text.startsWith(prompt));
    });
}

/** Claude's report may lie parked. While the database is busy it stays there: the next look takes it in. */
export function takeReports(app: App): void {
  try {
    takeParked(app);
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code !== 'environment') throw error;
    app.log.info('Parked reports could not be taken in yet.', { reason: error.message });
  }
}
