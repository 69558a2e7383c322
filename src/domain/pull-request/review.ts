import { limitHold } from '#domain/queue/limit.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import type { Limit } from '#domain/usage.ts';
import { type Feedback, isUndecided, newestStatement } from './feedback.ts';
import type { FixSpent } from './fix.ts';
import { isOfSession, type PullRequest } from './pull-request.ts';
import type { Evidence, Round } from './round.ts';

/** Pieces of feedback that one round takes; the rest is for the next one. */
const MAX_FEEDBACK = 20;

/** Whether a verdict of this loop was not told on GitHub yet. */
export function awaitsAnswer(
  feedback: Pick<Feedback, 'roundId' | 'verdict' | 'decidedFor' | 'answeredAt'>,
  rounds: readonly Pick<Round, 'id' | 'kind'>[],
): boolean {
  if (feedback.verdict === null || feedback.decidedFor === null) return false;
  if (feedback.answeredAt !== null) return false;
  return rounds.some(({ id, kind }) => id === feedback.roundId && kind === 'review');
}

/** What makes a round: one entry for each piece of feedback. */
export function reviewEvidence(feedback: readonly Feedback[]): Evidence[] {
  return feedback.map((each) => ({
    kind: 'feedback',
    key: `${each.id} ${newestStatement(each)?.id ?? ''}`,
    title: each.path ?? `${each.kind} by ${newestStatement(each)?.author ?? 'somebody'}`,
  }));
}

/** Whether a review loop is to be started for a session. */
export function wantsReviewLoop(
  task: Pick<Task, 'loop' | 'status' | 'push'> | null,
  session: Pick<Session, 'state' | 'createdAt' | 'branch'> | null,
  pullRequest: PullRequest | null,
): boolean {
  // One that was started goes on while Claude works again; there is no hurry to start one then.
  return whyReviewIsOver(task, session, pullRequest) === null && task?.status !== 'working';
}

/** Why a review loop ends, as a sentence; null while it goes on. */
export function whyReviewIsOver(
  task: Pick<Task, 'loop' | 'status' | 'push'> | null,
  session: Pick<Session, 'state' | 'createdAt' | 'branch'> | null,
  pullRequest: PullRequest | null,
): string | null {
  if (task === null || session === null || session.state !== 'open') return 'The session is over.';
  if (!task.loop) return 'The review loop was turned off.';
  if (pullRequest === null || !isOfSession(pullRequest, session)) {
    return 'The task has no pull request yet.';
  }
  if (pullRequest.state !== 'open') {
    return `Pull request #${pullRequest.number} is ${pullRequest.state}.`;
  }
  if (isReviewed(task.status) || task.status === 'working') return null;
  return `The task is ${task.status.replace('_', ' ')}.`;
}

/** All that a review loop decides by. */
export interface ReviewFacts {
  task: Task | null;
  /** The one that the loop belongs to. */
  session: Session | null;
  pullRequest: PullRequest | null;
  /** Rounds of the task, the oldest first. */
  rounds: readonly Round[];
  feedback: readonly Feedback[];
  limits: readonly Limit[];
  /** Percent of each usage limit that is left to the person. */
  reservePercent: number;
  maxRounds: number;
  /** Those of the pull request that count. */
  reviewRounds: FixSpent['reviewRounds'];
}

/** What a review loop does next. `moment`, in milliseconds since 1970, belongs to the end of the sentence. */
export type ReviewState =
  | { kind: 'over'; text: string }
  | { kind: 'wait'; text: string; moment: { word: 'until' | 'as of'; at: number } | null }
  | { kind: 'ready'; feedback: Feedback[] };

type Wait = Extract<ReviewState, { kind: 'wait' }>;

const wait = (text: string, moment: Wait['moment'] = null): Wait => ({
  kind: 'wait',
  text,
  moment,
});

/** Decides what a review loop does next; `now` in milliseconds since 1970. */
export function reviewState(facts: ReviewFacts, now: number): ReviewState {
  const { task, session, pullRequest, feedback } = facts;
  const over = whyReviewIsOver(task, session, pullRequest);
  if (over !== null || session === null || task === null || pullRequest === null) {
    return { kind: 'over', text: over ?? '' };
  }
  const news = feedback.filter(isUndecided);
  if (news.length === 0) return nothingNew(pullRequest);
  const open = facts.rounds.find(({ endedAt }) => endedAt === null);
  const count = news.length === 1 ? '1 comment waits' : `${news.length} comments wait`;
  if (open !== undefined) return wait(`${count} for the end of a ${open.kind} round.`);
  const { name } = session.activity;
  if (name !== 'idle' && name !== 'ended' && name !== 'lost') {
    return wait(`${count} until the task's own Claude has finished.`);
  }
  const limit = limitHold(facts.limits, facts, now)?.until ?? null;
  if (limit !== null) return wait(`${count} for the usage limit`, { word: 'until', at: limit });
  if (facts.reviewRounds >= facts.maxRounds) {
    return wait(
      `${count} for a person: ${facts.reviewRounds} of ${facts.maxRounds} rounds are over. \`claustre edit ${task.id} --loop\` begins anew.`,
    );
  }
  return { kind: 'ready', feedback: news.slice(0, MAX_FEEDBACK) };
}

/** GitHub is read by others, and not at every look: nothing is new as far as they know. */
function nothingNew({ readAt, feedbackMark, feedbackRead }: PullRequest): Wait {
  if (readAt === null) return wait('The pull request was not read yet.');
  if (feedbackMark !== feedbackRead) return wait('What reviewers said was not read yet.');
  return wait('Nothing is new', { word: 'as of', at: Date.parse(readAt) });
}
