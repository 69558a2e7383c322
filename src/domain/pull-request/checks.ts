import type { CheckVerdict, Mergeability } from './pull-request.ts';

/** The newest run of one check of a head commit, as it is kept and shown. */
export interface Check {
  name: string;
  /** The workflow that it belongs to; null for what is no job of GitHub's own. */
  workflow: string | null;
  /**
   * A check run's status while it runs, its conclusion after; a commit status's state. GitHub's
   * words, upper case.
   */
  state: string;
  meaning: CheckMeaning;
  /** Whether the base branch requires it; null when that is not known. */
  required: boolean | null;
  /** Where a person can read about it. */
  url: string | null;
  /** Numbers of the job and its run, whose log can be read; null for what is no job of GitHub's own. */
  job: { id: number; run: number | null } | null;
  /** ISO time of its start; null when it has not started. */
  at: string | null;
}

export type CheckMeaning =
  | 'pending'
  | 'passed'
  | 'ignored'
  | 'failed'
  | 'cancelled'
  | 'person'
  | 'stale'
  | 'unknown';

const MEANINGS = new Map<string, CheckMeaning>([
  ['QUEUED', 'pending'],
  ['IN_PROGRESS', 'pending'],
  ['PENDING', 'pending'],
  ['REQUESTED', 'pending'],
  // For somebody's consent, or for a time that the workflow names.
  ['WAITING', 'pending'],
  // Required, and nobody has reported it yet.
  ['EXPECTED', 'pending'],
  ['SUCCESS', 'passed'],
  ['NEUTRAL', 'ignored'],
  // A job whose condition was false satisfies a required check, but proves nothing.
  ['SKIPPED', 'ignored'],
  ['FAILURE', 'failed'],
  ['ERROR', 'failed'],
  ['TIMED_OUT', 'failed'],
  ['STARTUP_FAILURE', 'failed'],
  ['CANCELLED', 'cancelled'],
  ['ACTION_REQUIRED', 'person'],
  ['STALE', 'stale'],
]);

/** What a state means; one that we do not know means nothing. */
export function checkMeaning(state: string): CheckMeaning {
  return MEANINGS.get(state) ?? 'unknown';
}

/** One run of a check, and what makes it the same check as another run: app, workflow, event and name. */
export interface CheckRun extends Check {
  key: readonly string[];
}

/**
 * Of several runs of one check the newest: a cancelled one that another replaced stays attached to
 * the commit for ever.
 */
export function latestRuns(runs: readonly CheckRun[]): Check[] {
  const byKey = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = JSON.stringify(run.key);
    const known = byKey.get(key);
    if (known === undefined || startOf(run) >= startOf(known)) byKey.set(key, run);
  }
  return [...byKey.values()].map(({ key: _key, ...check }) => check);
}

/**
 * A run that has not started yet is newer than all that have; one that ended without ever starting
 * is older.
 */
function startOf(run: Check): number {
  if (run.at !== null) return Date.parse(run.at);
  return run.meaning === 'pending' ? Number.POSITIVE_INFINITY : 0;
}

/** What else is known when checks are judged. */
export interface ChecksSituation {
  /**
   * GitHub's own state of all checks when not all of them were read, else null: a failure among
   * those read is sure, anything better is GitHub's word only.
   */
  cutAt: string | null;
  mergeable: Mergeability | null;
  /** GitHub's mergeStateStatus, lower case. */
  mergeState: string | null;
  /** Milliseconds since the head commit was first seen. */
  seenMs: number;
}

/** A verdict, and why where the checks themselves do not say it: one phrase. */
export interface Judgement {
  verdict: CheckVerdict | null;
  note: string | null;
}

/** How long a check may wait for somebody's consent before a person is told. */
const CONSENT_MS = 10 * 60_000;
/** How long a required check may not be reported at all. */
const REPORT_MS = 15 * 60_000;

/**
 * One verdict over the newest runs: what is required and failed comes first, then what failed and
 * is not required, then what runs, then what ended without a word about the code; passed is only
 * what passed.
 */
export function checkVerdict(checks: readonly Check[], situation: ChecksSituation): Judgement {
  const failed = checks.filter(({ meaning }) => meaning === 'failed');
  if (failed.some((check) => counts(check, checks, situation))) return only('failed');
  if (failed.length > 0) return only('failed_optional');
  const late = checks.map((check) => lateness(check, situation.seenMs));
  const running = checks.some(
    ({ meaning }, index) => meaning === 'pending' && late[index] === null,
  );
  if (running) return only('pending');
  const { cutAt } = situation;
  if (cutAt !== null && cutAt !== 'SUCCESS') {
    return only(checkMeaning(cutAt) === 'pending' ? 'pending' : null);
  }
  const notes = checks.map((check, index) => late[index] ?? trouble(check));
  const note = notes.find((each) => each !== null) ?? null;
  if (note !== null) return { verdict: 'attention', note };
  if (checks.some(({ meaning }) => meaning === 'passed')) return only('passed');
  return situation.mergeable === 'conflicting' ? IN_CONFLICT : only('skipped');
}

/** A pull request in conflict starts no workflow of its own: what is missing there is no green light. */
const IN_CONFLICT: Judgement = {
  verdict: 'attention',
  note: 'no workflow runs while it is in conflict',
};

function only(verdict: CheckVerdict | null): Judgement {
  return { verdict, note: null };
}

/**
 * Whether the failure of a check stands against the merge. Where the base branch requires no check
 * at all each counts, since nobody has said which matter. Where it is not known what is required
 * GitHub's word about the merge tells.
 */
function counts(check: Check, all: readonly Check[], { mergeState }: ChecksSituation): boolean {
  if (check.required === true) return true;
  if (check.required === false) return !all.some(({ required }) => required === true);
  return mergeState !== 'unstable' && mergeState !== 'clean' && mergeState !== 'has_hooks';
}

/** Why a check that has not ended is not waited for any more, or null. */
function lateness({ name, state }: Check, seenMs: number): string | null {
  if (state === 'WAITING' && seenMs >= CONSENT_MS) return `"${name}" waits for somebody's consent`;
  if (state === 'EXPECTED' && seenMs >= REPORT_MS) return `"${name}" was never reported`;
  return null;
}

/** Why a check that has ended needs a person, or null. */
function trouble({ name, state, meaning }: Check): string | null {
  switch (meaning) {
    case 'cancelled':
      return `"${name}" was cancelled`;
    case 'person':
      return `"${name}" wants a person to do something`;
    case 'stale':
      return `GitHub gave up waiting for "${name}"`;
    case 'unknown':
      return state === '' ? `"${name}" ended without a result` : `"${name}" says ${state}`;
    default:
      return null;
  }
}

/** Names of the failed checks that a person is told of, once each: the required ones where some are. */
export function failedChecks(checks: readonly Check[]): string[] {
  const failed = checks.filter(({ meaning }) => meaning === 'failed');
  const required = failed.filter((check) => check.required === true);
  const told = required.length > 0 ? required : failed;
  return [...new Set(told.map(({ name }) => name))].toSorted();
}

/** Whether it is worth asking which checks are required: something did not pass, and it is not known. */
export function needsRequired(checks: readonly Check[]): boolean {
  return checks.some(
    ({ meaning, required }) =>
      required === null && (meaning === 'failed' || meaning === 'cancelled'),
  );
}

/** A check by its full name, with the workflow that it belongs to: two of different workflows may have the same one. */
export function checkTitle({ workflow, name }: Pick<Check, 'workflow' | 'name'>): string {
  return workflow === null || workflow === name ? name : `${workflow} / ${name}`;
}

/** Whether others of these checks have its name. */
export function sharesName(check: Pick<Check, 'name'>, checks: readonly Check[]): boolean {
  return checks.filter(({ name }) => name === check.name).length > 1;
}

/** What makes a check the same one in two readings of a head commit. */
export function checkKey({ workflow, name }: Pick<Check, 'workflow' | 'name'>): string {
  return JSON.stringify([workflow, name]);
}

/** What makes it the same run: the rules of the base branch are asked for anew with each. */
export function runKey({ workflow, name, job, at }: Check): string {
  return JSON.stringify([workflow, name, job?.id ?? at]);
}

/** The checks with what was known of the same runs. */
export function withKnown(
  checks: readonly Check[],
  required: ReadonlyMap<string, boolean>,
): Check[] {
  return checks.map((check) => ({ ...check, required: required.get(runKey(check)) ?? null }));
}

/** The checks with what is known of which are required. */
export function withRequired(
  checks: readonly Check[],
  required: ReadonlyMap<string, boolean>,
): Check[] {
  return checks.map((check) => ({
    ...check,
    required: required.get(checkKey(check)) ?? check.required,
  }));
}

/** What is known of a head commit without any check. */
export interface EmptyHead {
  open: boolean;
  mergeable: Mergeability | null;
  /** GitHub's mergeStateStatus, lower case. */
  mergeState: string | null;
  /** Whether a missing review may be what blocks the merge. */
  reviewMissing: boolean;
  /** Message of the head commit. */
  message: string;
  /** Whether the repository has workflows, or its default branch has checks. */
  runsChecks: boolean;
  /** Milliseconds since the head commit was first seen. */
  seenMs: number;
}

/** How long checks may take to appear. */
const APPEAR_MS = 10 * 60_000;
/** How long a check of somebody else's may take to appear where none is expected. */
const UNEXPECTED_MS = 3 * 60_000;

/**
 * The verdict for a head commit that has no check at all. A conflict starts no workflow, a
 * repository with checks may be slow to start them, and one that blocks the merge without a reason
 * that is known may wait for a missing one.
 */
export function withoutChecks(head: EmptyHead): Judgement {
  if (!head.open) return only(null);
  if (head.mergeable === 'conflicting') return IN_CONFLICT;
  if (saysSkip(head.message)) {
    return { verdict: 'skipped', note: 'its commit asks for none' };
  }
  if (head.runsChecks) {
    return head.seenMs < APPEAR_MS
      ? { verdict: 'pending', note: 'none has started yet' }
      : { verdict: 'attention', note: 'none has started within 10 minutes' };
  }
  if (head.mergeable === null) return only(null);
  if (head.mergeState === 'clean' || head.mergeState === 'has_hooks') return only('none');
  if (head.seenMs < UNEXPECTED_MS) return only(null);
  if (head.mergeState !== 'blocked' || head.reviewMissing) return only('none');
  return head.seenMs < APPEAR_MS
    ? only(null)
    : { verdict: 'attention', note: 'the merge is blocked, perhaps by one that never came' };
}

/** Whether a commit's message tells GitHub to start no workflow. */
function saysSkip(message: string): boolean {
  return (
    /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/i.test(message) ||
    /^skip-checks: ?true$/im.test(message)
  );
}
