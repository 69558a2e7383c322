import type { PullRequest } from './pull-request.ts';

/** What the clock remembers of readings of one pull request. Times in milliseconds since 1970. */
export interface ReadHistory {
  /** The last try, good or not. */
  triedAt: number;
  /**
   * When the head commit was first seen; a new one starts checks and makes GitHub compute the merge
   * again.
   */
  headSince: number;
  headCommit: string | null;
  /** When the checks were first seen running; null while they do not. */
  pendingSince: number | null;
  /** Readings in a row in which GitHub had not computed whether it can be merged. */
  unknownReads: number;
  /** When something about it changed last. */
  activeAt: number;
  /** Tries in a row that learned nothing. */
  failures: number;
}

type Facts = Pick<
  PullRequest,
  | 'state'
  | 'draft'
  | 'checks'
  | 'mergeable'
  | 'headCommit'
  | 'conflictSeen'
  | 'queued'
  | 'autoMerge'
>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is due within this time of something else is read along with it. */
export const COALESCE_MS = 5 * SECOND;

const UNKNOWN_STEPS = [3 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND];
/** So many readings in a row that do not know it are enough: then it is asked for in another way. */
export const UNKNOWN_READS = UNKNOWN_STEPS.length + 1;
const CONFIRM = 5 * SECOND;
const OFFLINE_STEPS = [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE];
/** The history before the first reading: everything is new now, and it is due at once. */
export function freshHistory(facts: Facts, now: number): ReadHistory {
  return {
    triedAt: 0,
    headSince: now,
    headCommit: facts.headCommit,
    pendingSince: facts.checks === 'pending' ? now : null,
    unknownReads: 0,
    activeAt: now,
    failures: 0,
  };
}

/**
 * The history after a good reading that led to these facts. `said` is what the reading itself said
 * of the merge, before it was laid over what was known.
 */
export function afterReading(
  history: ReadHistory,
  before: Facts,
  after: Facts,
  said: Pick<PullRequest, 'mergeable'>,
  now: number,
): ReadHistory {
  const newHead = after.headCommit !== history.headCommit;
  const changed =
    newHead ||
    before.state !== after.state ||
    before.draft !== after.draft ||
    before.checks !== after.checks ||
    before.mergeable !== after.mergeable;
  const pending = after.checks === 'pending';
  return {
    triedAt: now,
    headSince: newHead ? now : history.headSince,
    headCommit: after.headCommit,
    pendingSince: pending ? (newHead ? now : (history.pendingSince ?? now)) : null,
    unknownReads: after.state === 'open' && said.mergeable === null ? history.unknownReads + 1 : 0,
    activeAt: changed ? now : history.activeAt,
    failures: 0,
  };
}

/** The history after a try that learned nothing. */
export function afterFailure(history: ReadHistory, now: number): ReadHistory {
  return { ...history, triedAt: now, failures: history.failures + 1 };
}

/**
 * When a pull request is to be read next, in milliseconds since 1970; null for never.
 * `pollIntervalSecs` over 0 replaces the adaptive intervals (not the pauses after failures). `factor`
 * stretches these where the budget runs low.
 */
export function nextReadAt(
  facts: Facts,
  history: ReadHistory,
  settings: { pollIntervalSecs: number },
  factor = 1,
): number | null {
  if (facts.state === 'merged') return null;
  if (history.failures > 0) return history.triedAt + offlineWait(history.failures);
  if (facts.state === 'closed') {
    // It may be reopened, mostly soon; after a day only a person's refresh looks again.
    const isFresh = history.triedAt - history.activeAt < HOUR;
    const next = history.triedAt + (isFresh ? MINUTE : 15 * MINUTE);
    return next - history.activeAt > 24 * HOUR ? null : next;
  }
  if (settings.pollIntervalSecs > 0) return history.triedAt + settings.pollIntervalSecs * SECOND;
  return history.triedAt + interval(facts, history) * factor;
}

function interval(facts: Facts, history: ReadHistory): number {
  const at = history.triedAt;
  const step = UNKNOWN_STEPS[history.unknownReads - 1];
  if (step !== undefined) return step;
  // A conflict that was seen once is looked at again before it counts.
  if (facts.conflictSeen !== null && facts.mergeable !== 'conflicting') return CONFIRM;
  if (at - history.headSince < 2 * MINUTE) return 12 * SECOND;
  if (history.pendingSince !== null) {
    const age = at - history.pendingSince;
    if (age < 10 * MINUTE) return 20 * SECOND;
    return age < HOUR ? MINUTE : 3 * MINUTE;
  }
  if (facts.queued || facts.autoMerge !== null) return 30 * SECOND;
  if (facts.draft) return 3 * MINUTE;
  const quiet = at - history.activeAt;
  if (quiet < HOUR) return MINUTE;
  return quiet < 24 * HOUR ? 3 * MINUTE : 15 * MINUTE;
}

/** How long to wait after this many tries in a row that learned nothing. */
export function offlineWait(failures: number): number {
  const index = Math.min(Math.max(failures, 1), OFFLINE_STEPS.length) - 1;
  return OFFLINE_STEPS[index] ?? 5 * MINUTE;
}

/**
 * When a branch without a pull request is looked up again after the end of a turn: GitHub may be
 * slow to show a new one, and a person may open it by hand. `looks` counts good answers since the
 * turn ended; times in milliseconds since 1970.
 */
export function nextLookAt(turnEndedAt: number, looks: number, lookedAt: number): number {
  if (looks === 0) return turnEndedAt;
  const steps = [5 * SECOND, 15 * SECOND, MINUTE, 3 * MINUTE];
  return lookedAt + (steps[looks - 1] ?? 10 * MINUTE);
}
