import type { Snapshot } from '#app.ts';
import { isLanding } from '#domain/pull-request/landing.ts';
import { needsClock } from '#domain/queue/decide.ts';
import { decisionIn } from '#tui/panels/wait-note.ts';

/** So often is it looked whether the supervisor runs: a look costs some microseconds and starts nothing. */
const LOOK_MS = 5_000;
/** What does not help is tried again after twice as long each time, up to this. */
const LONGEST_MS = 60_000;
/** A supervisor that was started needs no longer than this until it is seen; tmux starts it again by itself when it was killed. */
const PATIENCE_MS = 20_000;

/**
 * Whether there is something that only the supervisor keeps true or does: an open session, an open pull request of a task that is not done, what
 * a merge has left to do, a task that is to start by itself now or later. `now` in milliseconds since 1970.
 */
export function needsSupervisor(snapshot: Snapshot, now: number): boolean {
  const { sessions, pullRequests, tasks } = snapshot;
  if (sessions.size > 0) return true;
  const pulls = [...pullRequests.values()];
  if (pulls.some((each) => isLanding(each, now))) return true;
  if (needsClock(decisionIn(snapshot, now))) return true;
  if (!pulls.some(({ state }) => state === 'open')) return false;
  return tasks.some(
    ({ id, status }) => status !== 'done' && pullRequests.get(id)?.state === 'open',
  );
}

/**
 * Looks after the supervisor once `begun` is over: while it is needed and does not run, `ensure` is called, at once when it has just gone and
 * then less and less often. `onTrouble` gets a sentence when that does not help, and null when it runs again or is not needed. Draws nothing.
 * `begun` must not reject, and `runs` starts no process.
 */
export function keepSupervisor(
  begun: Promise<void>,
  needed: () => boolean,
  runs: () => boolean,
  ensure: () => Promise<void>,
  onTrouble: (sentence: string | null) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> | null = null;
  let waitMs = LOOK_MS;
  let missingMs = 0;
  let sinceTryMs = 0;
  let troubled = false;
  const say = (sentence: string | null): void => {
    if (sentence === null && !troubled) return;
    troubled = sentence !== null;
    onTrouble(sentence);
  };
  const start = (): void => {
    sinceTryMs = 0;
    running = ensure()
      .catch((error: unknown) => say(`${NOT_STARTED} ${messageOf(error)}`))
      .finally(() => {
        running = null;
      });
  };
  const look = (passedMs: number): void => {
    if (stopped || running !== null) return;
    if (runs() || !needed()) {
      say(null);
      waitMs = LOOK_MS;
      missingMs = 0;
      return;
    }
    const justGone = missingMs === 0;
    missingMs += passedMs;
    sinceTryMs += passedMs;
    if (missingMs > PATIENCE_MS) say(NOT_STARTED);
    if (!justGone && sinceTryMs < waitMs) return;
    if (!justGone) waitMs = Math.min(LONGEST_MS, waitMs * 2);
    start();
  };
  // The first time also when it runs: what is started here may be newer than it.
  void begun.then(() => {
    if (!stopped && running === null && needed()) start();
  });
  const timer = setInterval(() => look(LOOK_MS), LOOK_MS);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      // Whoever tidies up after this must not meet a supervisor that is just being started.
      await running;
    },
  };
}

const NOT_STARTED =
  'The supervisor does not run, so that what is shown of sessions may be old. `claustre doctor` says why.';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
