import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import type { Session } from '#domain/session.ts';
import type { GatedWork } from '#operations/gate/run.ts';
import { addAttempt, CHECK_LIMIT_MS, type Check } from './attempt.ts';

/** Events of a task among which the last check is looked for. */
const EVENTS = 200;
const WATCH_MS = 500;

/** The check of the same criteria and commit whose starter went before it ended; null when there is none. */
export function cutOffCheck(
  { store }: Pick<App, 'store'>,
  { task, session }: GatedWork,
  { headCommit, texts }: Pick<Check, 'headCommit' | 'texts'>,
): Check | null {
  const events = store.events.ofTask(task.id, EVENTS);
  const begun = events.findLast(({ kind }) => kind === 'criteria.begin');
  if (begun === undefined || begun.sessionId !== session.id) return null;
  const check = begun.data.check as Check;
  const ended = store.attempts
    .ofTask(task.id)
    .some(({ claudeSessionId }) => claudeSessionId === check.claudeSessionId);
  if (ended || check.headCommit !== headCommit) return null;
  return JSON.stringify(check.texts) === JSON.stringify(texts) ? check : null;
}

/** What such a check came to: it is waited for while it still runs. null when it came to nothing and has to be begun anew. */
export async function awaitCheck(
  app: App,
  session: Session,
  check: Check,
): Promise<PrintResult | null> {
  const { claude, clock, host } = app;
  const read = () => claude.readPrint(session.id, check.name);
  const deadline = check.startedAt + CHECK_LIMIT_MS;
  let trace = read();
  while (
    trace?.result === null &&
    trace.pid !== null &&
    host.isAlive(trace.pid) &&
    clock.now() < deadline
  ) {
    await clock.wait(WATCH_MS);
    trace = read();
  }
  const result = trace?.result ?? null;
  const outcome = result === null ? 'cut off' : 'judged';
  addAttempt(app, session, check, { outcome, result });
  return result?.failed === null ? result : null;
}
