import type { Session } from '#domain/session.ts';
import {
  isReviewed,
  nextStatus,
  type Task,
  type TaskEvent,
  type TaskStatus,
} from '#domain/task.ts';
import type { Check } from './checks.ts';

export const PULL_REQUEST_STATES = ['open', 'merged', 'closed'] as const;
export type PullRequestState = (typeof PULL_REQUEST_STATES)[number];

/**
 * The verdict over all checks of the head commit; null is not known. `none` the repository runs none, `skipped` all that there are were,
 * `attention` they ended without a word about the code and need a person, `failed_optional` none that the base branch requires failed.
 */
export const CHECK_VERDICTS = [
  'none',
  'skipped',
  'pending',
  'passed',
  'attention',
  'failed_optional',
  'failed',
] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

export const REVIEW_VERDICTS = ['required', 'approved', 'changes_requested'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;
export type MergeMethod = (typeof MERGE_METHODS)[number];

export const MERGEABILITIES = ['mergeable', 'conflicting'] as const;
export type Mergeability = (typeof MERGEABILITIES)[number];

/** What claustre knows of the pull request of a task. */
export interface PullRequest {
  id: number;
  taskId: number;
  /** Pins the identity; null until the first reading of one that a tool's output named. */
  nodeId: string | null;
  host: string;
  repository: string;
  number: number;
  url: string;
  title: string | null;
  state: PullRequestState;
  draft: boolean;
  base: string | null;
  baseCommit: string | null;
  head: string | null;
  headCommit: string | null;
  /** ISO time of the first reading that told of this head commit. */
  headSeenAt: string | null;
  mergeCommit: string | null;
  mergedBy: string | null;
  checks: CheckVerdict | null;
  checksNote: string | null;
  checkRuns: Check[];
  review: ReviewVerdict | null;
  approvedBy: string[];
  changesRequestedBy: string[];
  reviewRequests: number | null;
  unresolvedThreads: number | null;
  feedbackMark: string | null;
  /** The mark for which what reviewers said was read. */
  feedbackRead: string | null;
  mergeable: Mergeability | null;
  mergeState: string | null;
  /** The commits between which the last reading saw a conflict; null when it saw none. */
  conflictSeen: string | null;
  autoMerge: MergeMethod | null;
  queued: boolean;
  /** How GitHub was about to merge it by itself and is not any more, without having done it. */
  mergeStopped: 'queue' | 'auto_merge' | null;
  /**
   * When it was found to hold the work of the session that was open then. One from before the open
   * session is an earlier run's.
   */
  createdAt: string;
  /** When the last good reading was made; null before the first. */
  readAt: string | null;
  /** Why readings fail since then; null while they succeed. */
  staleReason: string | null;
  /**
   * The status of the task that the last reading led to was decided for this state of the facts.
   */
  mergedAt: string | null;
  /** When all that a merge leaves to do was done: children retargeted, the remote branch deleted; null before. */
  landedAt: string | null;
}

/** Parts of a pull request's URL; null when it is none. */
export function parsePullRequestUrl(
  url: string,
): { host: string; repository: string; number: number } | null {
  const found = /^https?:\/\/([\w.-]+(?::\d+)?)\/([\w.-]+\/[\w.-]+)\/pull\/(\d+)/.exec(url);
  if (found === null) return null;
  const [, host, repository, number] = found;
  if (host === undefined || repository === undefined || number === undefined) return null;
  return { host, repository, number: Number(number) };
}

/**
 * Whether a pull request tells of the work of the session that is open now: it was found during
 * that session (see createdAt) and its head is the session's branch. A task that was killed and
 * launched again works on the same branch name, and the pull request of its earlier run must
 * neither deliver nor end the new one. Without an open session nothing contradicts it.
 */
export function isOfSession(
  pullRequest: Pick<PullRequest, 'createdAt' | 'head'>,
  session: Pick<Session, 'createdAt' | 'branch'> | null,
): boolean {
  if (session === null) return true;
  if (Date.parse(pullRequest.createdAt) < Date.parse(session.createdAt)) return false;
  return pullRequest.head === null || pullRequest.head === session.branch;
}

/** Whether an open pull request holds the work of this session. */
export function isDelivered(
  pullRequest: Pick<PullRequest, 'state' | 'createdAt' | 'head'> | null,
  session: Pick<Session, 'createdAt' | 'branch'>,
): boolean {
  return pullRequest?.state === 'open' && isOfSession(pullRequest, session);
}

/**
 * Whether it is worth looking for a pull request of the session's branch: one would deliver the task as it is now, or take the place of the
 * closed or merged one that the task follows.
 */
export function awaitsPullRequest(
  task: Pick<Task, 'push' | 'status'>,
  session: Pick<Session, 'state'>,
  followed: () => Pick<PullRequest, 'state'> | null,
): boolean {
  if (session.state !== 'open' || task.push !== 'pr') return false;
  if (nextStatus(task.status, 'deliver') !== null) return true;
  const state = followed()?.state;
  return isReviewed(task.status) && (state === 'closed' || state === 'merged');
}

/**
 * What the end of a session means for a task that works: a pull request outlives it, anything else was cut off. The work of an autonomous task
 * is judged first, or goes on.
 */
export function lossEvent(
  task: Pick<Task, 'push' | 'mode'>,
  followed: () => Pick<PullRequest, 'state' | 'createdAt' | 'head'> | null,
  session: Pick<Session, 'createdAt' | 'branch'>,
): 'deliver' | 'lose' {
  if (task.push !== 'pr' || task.mode === 'autonomous') return 'lose';
  return isDelivered(followed(), session) ? 'deliver' : 'lose';
}

/** A pull request of which only the address is known. */
export function unreadPullRequest(
  address: Pick<PullRequest, 'taskId' | 'host' | 'repository' | 'number' | 'url' | 'createdAt'>,
): Omit<PullRequest, 'id'> {
  return {
    ...address,
    nodeId: null,
    title: null,
    state: 'open',
    draft: false,
    base: null,
    baseCommit: null,
    head: null,
    headCommit: null,
    headSeenAt: null,
    mergeCommit: null,
    mergedBy: null,
    checks: null,
    checksNote: null,
    checkRuns: [],
    review: null,
    approvedBy: [],
    changesRequestedBy: [],
    reviewRequests: null,
    unresolvedThreads: null,
    feedbackMark: null,
    feedbackRead: null,
    mergeable: null,
    mergeState: null,
    conflictSeen: null,
    autoMerge: null,
    queued: false,
    mergeStopped: null,
    readAt: null,
    staleReason: null,
    mergedAt: null,
    landedAt: null,
  };
}

/**
 * What the facts mean for a task: an event that applies in its status, or null when they change
 * nothing. A merge ends every task that has work out; the rest concerns tasks that stand in review
 * only, since one that works is looked at when its turn ends. Conflict comes before failing checks:
 * a pull request in conflict starts no workflow, so that its checks say nothing new. Unknown facts
 * change nothing, and neither does a closed pull request: it may be reopened or replaced.
 */
export function reviewEvent(
  status: TaskStatus,
  facts: Pick<PullRequest, 'state' | 'mergeable' | 'checks'>,
): TaskEvent | null {
  if (facts.state === 'merged') return nextStatus(status, 'merge') === null ? null : 'merge';
  if (facts.state === 'closed' || !isReviewed(status)) return null;
  if (facts.mergeable === 'conflicting') return status === 'conflict' ? null : 'conflict';
  // A conflict is over only when GitHub says so.
  if (status === 'conflict' && facts.mergeable === null) return null;
  if (facts.checks === 'failed') return status === 'ci_failed' ? null : 'ci_fail';
  if (status === 'conflict') return 'resolve';
  // Checks that run again are no proof yet, but the failure that they replace is over.
  return status === 'ci_failed' && facts.checks !== null ? 'resolve' : null;
}

/** Whether a person can merge it now as far as GitHub's last word goes. */
export function isReadyToMerge(
  facts: Pick<
    PullRequest,
    'state' | 'draft' | 'mergeable' | 'checks' | 'mergeState' | 'autoMerge' | 'queued'
  >,
): boolean {
  if (facts.state !== 'open' || facts.draft || facts.mergeable !== 'mergeable') return false;
  // GitHub does it by itself.
  if (facts.autoMerge !== null || facts.queued) return false;
  const { checks, mergeState } = facts;
  // GitHub calls it unstable when checks failed that nothing requires.
  if (checks === 'failed_optional') return mergeState === 'unstable' || mergeState === 'clean';
  const green = checks === 'passed' || checks === 'none' || checks === 'skipped';
  return green && (mergeState === 'clean' || mergeState === 'has_hooks');
}

/**
 * Whether one that could be merged is not known to be held up since. What still runs, was not read or was overtaken by its base takes nothing
 * back: it may be over in a moment. What a person, a reviewer or Claude has to do something about does.
 */
export function isStillReady(
  facts: Pick<
    PullRequest,
    'state' | 'draft' | 'mergeable' | 'checks' | 'review' | 'autoMerge' | 'queued'
  >,
): boolean {
  const { state, draft, mergeable, checks, review, autoMerge, queued } = facts;
  if (state !== 'open' || draft || mergeable === 'conflicting') return false;
  if (autoMerge !== null || queued) return false;
  if (checks === 'failed' || checks === 'attention') return false;
  return review !== 'required' && review !== 'changes_requested';
}
