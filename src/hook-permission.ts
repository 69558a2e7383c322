// What Claude calls when it asks a person: `hook-permission.cjs <home>`. A file of its own, so that the hooks for which Claude waits need not
// read it. It stays while Claude's dialog is open, prints a person's answer or nothing, and always succeeds.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, decisionOf } from '#domain/claude/answer.ts';
import { ANSWER_TIMEOUT_SECS } from '#domain/claude/request.ts';
import { ClaustreError } from '#domain/error.ts';
import { takeAnswer } from '#operations/session/take-answer.ts';
import { recordHook } from '#operations/session/update.ts';
import { recordParked } from '#operations/session/update-status.ts';
import { drain, park, type SpooledReport } from '#store/spool.ts';
import type { Store } from '#store/store.ts';
import {
  DRAINED_AT_ONCE,
  newReport,
  openReportStore,
  readStdin,
  reportingSession,
} from './hook-report.ts';

/** A look costs some microseconds: it asks SQLite for a number that moves when another process has committed. */
const LOOK_MS = 250;
/** Ends by itself before Claude ends it, which it would say in the conversation. */
const LIMIT_MS = (ANSWER_TIMEOUT_SECS - 30) * 1000;

/**
 * Reports what Claude asks and waits for a person's answer while Claude's own dialog stays open. Resolves with what to print, and with
 * null when there is nothing to say: answered in the pane, nobody answered, no database to wait at.
 */
async function askPerson(home: string, report: SpooledReport): Promise<string | null> {
  if (!existsSync(home)) return null;
  const spool = join(home, 'spool');
  let store: Store | undefined;
  let payload: unknown;
  try {
    store = openReportStore(home);
    drain(spool, (parked) => recordParked(store as Store, parked), DRAINED_AT_ONCE);
    payload = JSON.parse(report.body);
    recordHook(store, { ...report, payload, waiter: process.pid });
  } catch (error) {
    store?.close();
    if (!(error instanceof SyntaxError)) park(spool, report);
    return null;
  }
  try {
    const answer = await waitForAnswer(store, report.uid);
    return answer === null ? null : JSON.stringify(decisionOf(answer, payload));
  } finally {
    store.close();
  }
}

function waitForAnswer(store: Store, id: string): Promise<Answer | null> {
  const claude = process.ppid;
  const until = Date.now() + LIMIT_MS;
  let version: number | null = null;
  return new Promise((resolve) => {
    const end = (answer: Answer | null): void => {
      clearInterval(timer);
      resolve(answer);
    };
    const leave = (): void => {
      attempt(() => store.write(() => store.requests.setWaiter(id, null)));
      end(null);
    };
    const look = (): void => {
      // Whoever lost its parent belongs to nobody: Claude was killed, and told nobody.
      if (process.ppid !== claude || Date.now() > until) leave();
      else attempt(changed);
    };
    const changed = (): void => {
      const now = store.dataVersion();
      if (now === version) return;
      const request = store.requests.find(id);
      const open = request !== null && request.closedAt === null;
      const answer = open && request.answer !== null ? takeAnswer(store, id, Date.now()) : null;
      if (!open || answer !== null) end(answer);
      version = now;
    };
    const timer = setInterval(look, LOOK_MS);
    // Claude ends the hook when the person says no in the pane.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, leave);
    look();
  });
}

/** A busy database is asked again at the next look. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ClaustreError) || error.code !== 'environment') throw error;
  }
}

async function run(): Promise<void> {
  const [home] = process.argv.slice(2);
  const sessionId = reportingSession();
  if (home === undefined || sessionId === null) return;
  const report = { ...newReport('hook', sessionId, ''), body: readStdin() };
  const said = await askPerson(home, report);
  if (said !== null) process.stdout.write(said);
}

run().catch(() => {
  // Whatever is said here would disturb Claude; the person answers in its dialog.
});
