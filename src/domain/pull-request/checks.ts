import type { CheckVerdict, Mergeability } from './pull-request.ts';

/** The newest run of one check of a head commit, as it is kept and shown. */
export interface Check {
  name: string;
  /** GitHub's word, upper case. */
  state: string;
  meaning:
    | 'pending'
    | 'passed'
    | 'ignored'
    | 'failed'
    | 'cancelled'
    | 'person'
    | 'stale'
    | 'unknown';
  /** Whether the base branch requires it; null when that is not known. */
  required: boolean | null;
  /** Where a person can read about it. */
  url: string | null;
  /** Numbers of the job and its run, whose log can be read; null for what is no job of GitHub's own. */
  job: { id: number; run: number | null } | null;
  /** ISO time of its start. */
  at: string | null;
}

/** One check run or commit status of a head commit. */
export interface CheckContext {
  /** What makes it the same check as another run: app, workflow, event and name. */
  key: readonly string[];
  name: string;
  /**
   * A check run's status while it runs, its conclusion after; a commit status's state. GitHub's
   * words, upper case.
   */
  state: string;
  /** ISO time of its start; null when it has not started. */
  at: string | null;
}

const MEANINGS: Record<string, 'pending' | 'passed' | 'ignored' | 'failed'> = {
  QUEUED: 'pending',
  IN_PROGRESS: 'pending',
  PENDING: 'pending',
  REQUESTED: 'pending',
  WAITING: 'pending',
  // Required, and nobody has reported it yet.
  EXPECTED: 'pending',
  SUCCESS: 'passed',
  NEUTRAL: 'ignored',
  // A job whose condition was false satisfies a required check, but proves nothing.
  SKIPPED: 'ignored',
  FAILURE: 'failed',
  ERROR: 'failed',
  TIMED_OUT: 'failed',
  STARTUP_FAILURE: 'failed',
};

/**
 * One verdict over all contexts: failed before pending before passed, and `none` when all were
 * skipped. Of several runs of one check the newest counts: a cancelled one that another replaced
 * stays attached to the commit for ever. What ended without a word about the code (cancelled, given
 * up, waiting for somebody's consent) or in a state that we do not know makes the verdict unknown
 * unless something failed or still runs. `cutAt` is GitHub's own state of all contexts when not all
 * of them were read, else null: a failure among those read is sure, anything better is GitHub's
 * word only.
 */
export function checkVerdict(
  contexts: readonly CheckContext[],
  cutAt: string | null,
  mergeable: Mergeability | null,
): { verdict: CheckVerdict | null; failed: string[] } {
  const latest = newest(contexts);
  const failed = latest
    .filter((context) => MEANINGS[context.state] === 'failed')
    .map((context) => context.name);
  if (failed.length > 0) return { verdict: 'failed', failed: [...new Set(failed)].toSorted() };
  const meanings = latest.map((context) => MEANINGS[context.state]);
  const verdict = ((): CheckVerdict | null => {
    if (meanings.includes('pending')) return 'pending';
    if (cutAt !== null && cutAt !== 'SUCCESS')
      return MEANINGS[cutAt] === 'pending' ? 'pending' : null;
    if (meanings.includes(undefined)) return null;
    if (meanings.includes('passed')) return 'passed';
    // A pull request in conflict starts no workflow of its own: what is missing there is no green
    // light.
    return mergeable === 'conflicting' ? null : 'none';
  })();
  return { verdict, failed: [] };
}

function newest(contexts: readonly CheckContext[]): CheckContext[] {
  const byKey = new Map<string, CheckContext>();
  for (const context of contexts) {
    const key = JSON.stringify(context.key);
    const known = byKey.get(key);
    if (known === undefined || startOf(context) >= startOf(known)) byKey.set(key, context);
  }
  return [...byKey.values()];
}

/**
 * A run that has not started yet is newer than all that have; one that ended without ever starting
 * is older.
 */
function startOf(context: CheckContext): number {
  if (context.at !== null) return Date.parse(context.at);
  return MEANINGS[context.state] === 'pending' ? Number.POSITIVE_INFINITY : 0;
}

/**
 * How long a pull request must have been quiet before a missing check is taken for one that does
 * not come.
 */
const QUIET_MS = 10 * 60_000;

/**
 * The verdict for a head commit that has no check at all: `none` only when it is sure that none
 * comes, else null. A conflict starts no workflow, a repository with checks may be slow to start
 * them, and one that blocks the merge may wait for a missing one.
 */
export function withoutChecks(facts: {
  open: boolean;
  mergeable: Mergeability | null;
  /** GitHub's mergeStateStatus, lower case. */
  mergeState: string | null;
  /** Message of the head commit. */
  message: string;
  /** Whether the repository has workflows, or its default branch has checks. */
  runsChecks: boolean;
  /** Milliseconds since the pull request was last pushed to or spoken on. */
  quietMs: number;
}): CheckVerdict | null {
  if (!facts.open || facts.mergeable !== 'mergeable') return null;
  if (facts.mergeState !== 'clean' && facts.mergeState !== 'has_hooks') return null;
  if (!facts.runsChecks || saysSkip(facts.message)) return 'none';
  return facts.quietMs >= QUIET_MS ? 'none' : null;
}

/** Whether a commit's message tells GitHub to start no workflow. */
function saysSkip(message: string): boolean {
  return (
    /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/i.test(message) ||
    /^skip-checks: ?true$/im.test(message)
  );
}
