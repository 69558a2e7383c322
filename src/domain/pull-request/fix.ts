import { isAsking } from '#domain/activity.ts';
import { limitHold } from '#domain/queue/limit.ts';
import { isBetweenTurns, type Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import type { Limit } from '#domain/usage.ts';
import { evidenceOf, type Finding, findings, isSameEvidence } from './evidence.ts';
import { type Feedback, isUndecided } from './feedback.ts';
import { isOfSession, type PullRequest } from './pull-request.ts';
import type { FixPolicy, Round } from './round.ts';

/** What the settings say about fixing, for one project. */
export interface FixSettings {
  policy: FixPolicy;
  maxRounds: number;
  maxMinutes: number;
  maxCostUsd: number | null;
  /** Rounds of the review loop for one pull request. */
  maxReviewRounds: number;
  /** Percent of each usage limit that is left to the person. */
  reservePercent: number;
}

/** Where no settings are at hand: nothing is done without a person. */
export const UNSAID_FIX_SETTINGS: FixSettings = {
  policy: 'ask',
  maxRounds: 5,
  maxMinutes: 60,
  maxCostUsd: null,
  maxReviewRounds: 5,
  reservePercent: 10,
};

/** What the rounds of a pull request have used so far: those of fixing, where nothing else is said. */
export interface FixSpent {
  /** Those whose message reached Claude, or may have. */
  rounds: number;
  /** Messages that surely did not. */
  unsent: number;
  ms: number;
  /** What is known of it. */
  costUsd: number;
  /** Rounds of the review loop that count: not stopped from outside, and begun since a person turned the loop on. */
  reviewRounds: number;
}

export const NOTHING_SPENT: FixSpent = {
  rounds: 0,
  unsent: 0,
  ms: 0,
  costUsd: 0,
  reviewRounds: 0,
};

/** Everything that fixing is decided from. */
export interface FixFacts {
  task: Pick<Task, 'status' | 'fix' | 'loop'>;
  session: Pick<
    Session,
    | 'state'
    | 'activity'
    | 'runner'
    | 'branch'
    | 'createdAt'
    | 'promptedAt'
    | 'turnEndedAt'
    | 'turnBehind'
  > | null;
  pullRequest: PullRequest | null;
  feedback: readonly Feedback[];
  /** The newest round of the task. */
  round: Round | null;
  spent: FixSpent;
  limits: readonly Limit[];
  settings: FixSettings;
  /** Milliseconds since 1970. */
  now: number;
}

/** Where the fixing of a task stands. `text` is a phrase for people, empty where there is nothing to say. */
export interface FixState {
  kind: 'off' | 'ask' | 'running' | 'held' | 'none';
  text: string;
}

/** What is done about failing checks, conflicts and comments of a task: its own word, then the review loop's, then the settings'. */
export function fixPolicy(
  { fix, loop }: Pick<Task, 'fix' | 'loop'>,
  settings: Pick<FixSettings, 'policy'>,
): FixPolicy {
  return fix ?? (loop ? 'automatic' : settings.policy);
}

/** What stands against the task's pull request and Claude is told of by itself; nothing while it works or where it is not in review. */
export function findingsOf(facts: FixFacts): Finding[] {
  return findingsBy(facts, { loop: facts.task.loop, optional: false });
}

/**
 * What Claude could be told of when a person says so: also checks that nothing requires, and comments for which the review loop has no
 * rounds left.
 */
export function findingsForPerson(facts: FixFacts): Finding[] {
  return findingsBy(facts, { loop: facts.task.loop && !isReviewHeld(facts), optional: true });
}

function findingsBy(
  { task, session, pullRequest, feedback }: FixFacts,
  how: { loop: boolean; optional: boolean },
): Finding[] {
  if (pullRequest === null || !isReviewed(task.status)) return [];
  if (!isOfSession(pullRequest, session)) return [];
  return findings({ pullRequest, feedback, ...how });
}

/** Whether reviewers said something for which the review loop has no rounds left. */
function isReviewHeld({
  task,
  session,
  pullRequest,
  feedback,
  spent,
  settings,
}: FixFacts): boolean {
  if (!task.loop || !isReviewed(task.status) || pullRequest?.state !== 'open') return false;
  if (!isOfSession(pullRequest, session) || !feedback.some(isUndecided)) return false;
  return spent.reviewRounds >= settings.maxReviewRounds;
}

/** Whose turn fixing is: one rule for the row, `why`, the inbox and the clock. */
export function fixState(facts: FixFacts): FixState {
  const { round, spent, settings, task } = facts;
  if (round !== null && round.endedAt === null) {
    if (round.kind === 'review') return { kind: 'running', text: 'review round' };
    if (round.kind === 'finish') return { kind: 'running', text: 'is told what is missing' };
    return { kind: 'running', text: `fix ${spent.rounds}/${settings.maxRounds}` };
  }
  const found = findingsOf(facts);
  if (found.length === 0) {
    if (!isReviewHeld(facts)) return { kind: 'none', text: '' };
    const { maxReviewRounds } = settings;
    return {
      kind: 'held',
      text: `${spent.reviewRounds} of ${maxReviewRounds} review rounds are used`,
    };
  }
  const policy = fixPolicy(task, settings);
  if (policy === 'off') return { kind: 'off', text: 'fixing is off' };
  if (policy === 'ask') return { kind: 'ask', text: 'Claude can be asked to fix it' };
  const hold = whyHeld(facts, found);
  if (hold !== null) return { kind: 'held', text: hold };
  return { kind: 'running', text: 'about to be told' };
}

/** A message that so often did not reach Claude does not for a reason that a person has to see. */
const MOST_UNSENT = 3;

/** Why nothing is sent by itself any more, as a phrase; null when nothing stands against it. */
function whyHeld(facts: FixFacts, found: readonly Finding[]): string | null {
  const { round, spent, settings, pullRequest, session } = facts;
  if (round?.kind === 'fix' && round.endedAt !== null && !wasNotSent(round)) {
    const same = isSameEvidence(round.evidence, evidenceOf(found));
    if (same && round.headCommit === pullRequest?.headCommit) {
      return `nothing changed since round ${spent.rounds}`;
    }
  }
  if (spent.unsent >= MOST_UNSENT) return 'the message cannot be sent';
  if (spent.rounds >= settings.maxRounds) {
    return `${spent.rounds} of ${settings.maxRounds} rounds are used`;
  }
  if (spent.ms >= settings.maxMinutes * 60_000) {
    return `${settings.maxMinutes} minutes are used`;
  }
  if (settings.maxCostUsd !== null && spent.costUsd >= settings.maxCostUsd) {
    return `$${settings.maxCostUsd} are used`;
  }
  if (session?.activity.name === 'limited') return 'Claude is at its usage limit';
  const limit = limitHold(facts.limits, settings, facts.now)?.limit;
  return limit === undefined
    ? null
    : `${Math.floor(limit.usedPercent)} % of the usage limit is used`;
}

/** A round whose message surely did not reach Claude: it may be sent again. */
function wasNotSent({ outcome, sentAt }: Pick<Round, 'outcome' | 'sentAt'>): boolean {
  return outcome === 'failed' && sentAt === null;
}

/** What the clock does about a task now. */
export type FixStep =
  | { act: 'nothing' }
  | { act: 'hold'; reason: string }
  | { act: 'wait'; reason: string }
  | { act: 'resume' | 'send'; findings: Finding[] };

/** After the first failure other checks of the same run may still fail; they are waited for this long. */
const CHECKS_MS = 5 * 60_000;
/** People write several comments one after the other. */
const QUIET_MS = 30_000;
/** Before a message is tried again that could not be sent. */
const AGAIN_MS = 10 * 60_000;

/** The next step of an automatic task. `since` is when the task came to its status, in milliseconds since 1970. */
export function nextStep(facts: FixFacts, since: number): FixStep {
  const state = fixState(facts);
  const open = facts.round !== null && facts.round.endedAt === null;
  if (state.kind === 'held') return { act: 'hold', reason: state.text };
  if (state.kind !== 'running' || open) return { act: 'nothing' };
  const found = findingsOf(facts);
  const wait = whyWait(facts, found, since);
  if (wait !== null) return { act: 'wait', reason: wait };
  const ready = readiness(facts.session);
  return 'reason' in ready ? { act: 'wait', ...ready } : { ...ready, findings: found };
}

function whyWait(facts: FixFacts, found: readonly Finding[], since: number): string | null {
  const { pullRequest, round, now } = facts;
  if (round !== null && wasNotSent(round) && now - (round.endedAt ?? 0) < AGAIN_MS) {
    return round.note ?? 'the last message could not be sent';
  }
  if (pullRequest !== null && othersRun(pullRequest, found) && now - since < CHECKS_MS) {
    return 'other checks still run';
  }
  const said = found.some(({ feedbackId }) => feedbackId !== null);
  const newest = Math.max(
    ...facts.feedback.flatMap(({ statements }) => statements.map(({ at }) => Date.parse(at))),
  );
  return said && now - newest < QUIET_MS ? 'comments still come' : null;
}

/** Whether checks of the run in which one failed have not ended; of one whose run is not known, any. */
function othersRun({ checkRuns }: PullRequest, found: readonly Finding[]): boolean {
  const failed = found.flatMap(({ check }) => (check === null ? [] : [check.job?.run ?? null]));
  return checkRuns.some(
    ({ meaning, job }) =>
      meaning === 'pending' && failed.some((run) => run === null || run === (job?.run ?? null)),
  );
}

/** Whether a message can go in now: Claude stands at its prompt after a turn that ended by itself. */
function readiness(session: FixFacts['session']): { act: 'send' | 'resume' } | { reason: string } {
  if (session === null || session.state !== 'open') return { reason: 'it has no session' };
  const { name } = session.activity;
  if (name === 'ended' || name === 'lost') {
    return { act: isBetweenTurns(session) ? 'send' : 'resume' };
  }
  if (isAsking(name)) return { reason: 'Claude waits for an answer' };
  if (name !== 'idle') return { reason: 'Claude works' };
  if (session.turnBehind) return { reason: 'work goes on in the background' };
  if ((session.promptedAt ?? 0) > (session.turnEndedAt ?? 0))
    return { reason: 'somebody is at it' };
  return { act: 'send' };
}
