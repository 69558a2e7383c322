import type { Check } from './checks.ts';
import { NOTHING_SAID } from './feedback.ts';
import {
  type CheckVerdict,
  type Mergeability,
  type MergeMethod,
  type PullRequest,
  type PullRequestState,
  parsePullRequestUrl,
  type ReviewVerdict,
} from './pull-request.ts';

/**
 * What GitHub said about a pull request in one good reading. A field that it did not say is null,
 * and changes nothing.
 */
export interface PullRequestReading {
  nodeId: string;
  number: number;
  url: string;
  title: string | null;
  state: PullRequestState;
  draft: boolean;
  base: string;
  baseCommit: string | null;
  head: string;
  headCommit: string;
  mergeCommit: string | null;
  /** Login of who merged it. */
  mergedBy: string | null;
  checks: CheckVerdict | null;
  /** Why the verdict is what it is, in one phrase, where the checks themselves do not say it. */
  checksNote: string | null;
  /** The newest run of each check of the head commit. */
  checkRuns: Check[];
  review: ReviewVerdict | null;
  /** Logins whose last opinion is an approval of the head commit. */
  approvedBy: string[];
  changesRequestedBy: string[];
  /** How many reviewers were asked and have not answered; null when unknown. */
  reviewRequests: number | null;
  unresolvedThreads: number | null;
  /** Changes whenever somebody says something new; null when it was not read. */
  feedbackMark: string | null;
  mergeable: Mergeability | null;
  /** GitHub's mergeStateStatus as it came, lower case; null when unknown. */
  mergeState: string | null;
  /** How GitHub will merge it by itself once it may; null when it will not. */
  autoMerge: MergeMethod | null;
  /** It stands in GitHub's merge queue. */
  queued: boolean;
}

/**
 * Lays a reading over what is known: what it does not say keeps its last good value as long as the
 * head commit is the same. What was said of another commit says nothing of this one. Checks that
 * were running are not kept: whether they still run is what is not known.
 */
export function withReading<Known extends Omit<PullRequest, 'id' | 'taskId' | 'createdAt'>>(
  known: Known,
  reading: PullRequestReading,
  readAt: string,
): Known {
  const sameHead = known.headCommit === null || known.headCommit === reading.headCommit;
  const headSeenAt =
    known.headCommit === reading.headCommit ? (known.headSeenAt ?? readAt) : readAt;
  const awaited = awaitsChecks(known, reading, Date.parse(readAt) - Date.parse(headSeenAt));
  const keep = <T>(said: T | null, before: T | null): T | null =>
    said ?? (sameHead ? before : null);
  const checks = awaited
    ? null
    : keep(reading.checks, known.checks === 'pending' ? null : known.checks);
  const isUnsaid = reading.checks === null && sameHead && known.checksNote !== AWAITED;
  return {
    ...known,
    nodeId: reading.nodeId,
    repository: repositoryOf(reading, known),
    number: reading.number,
    url: reading.url,
    title: reading.title ?? known.title,
    state: reading.state,
    draft: reading.draft,
    base: reading.base,
    baseCommit: reading.baseCommit ?? known.baseCommit,
    head: reading.head,
    headCommit: reading.headCommit,
    headSeenAt,
    mergeCommit: reading.mergeCommit ?? known.mergeCommit,
    mergedBy: reading.mergedBy ?? known.mergedBy,
    checks,
    checksNote: awaited ? AWAITED : (isUnsaid ? known : reading).checksNote,
    checkRuns: reading.checks === null && sameHead ? known.checkRuns : reading.checkRuns,
    review: reading.review,
    approvedBy: reading.approvedBy,
    changesRequestedBy: reading.changesRequestedBy,
    reviewRequests: reading.reviewRequests ?? known.reviewRequests,
    unresolvedThreads: reading.unresolvedThreads ?? known.unresolvedThreads,
    feedbackMark: reading.feedbackMark ?? known.feedbackMark,
    // Where nobody has ever said anything there is nothing to read.
    feedbackRead:
      known.feedbackRead === null && reading.feedbackMark === NOTHING_SAID
        ? NOTHING_SAID
        : known.feedbackRead,
    ...mergeOf(known, reading),
    autoMerge: reading.autoMerge,
    queued: reading.queued,
    mergeStopped: stoppedOf(known, reading),
    readAt,
    staleReason: null,
    mergedAt: reading.state === 'merged' ? (known.mergedAt ?? readAt) : known.mergedAt,
  };
}

/** Why nothing is known of the checks of a new commit: those of the commits before it had some. */
const AWAITED = 'the first one has not come yet';
/** The first check of a commit is waited for this long. */
const FIRST_CHECK_MS = 3 * 60_000;

/** Whether a commit that was first seen so long ago has no check yet, where the one before it had some. */
function awaitsChecks(
  known: Pick<PullRequest, 'headCommit' | 'checks' | 'checksNote'>,
  { state, headCommit, checks }: PullRequestReading,
  seenMs: number,
): boolean {
  if (state !== 'open' || (checks !== null && checks !== 'none')) return false;
  const awaited = known.checksNote === AWAITED;
  if (known.headCommit === headCommit) return awaited && seenMs < FIRST_CHECK_MS;
  return awaited || (known.checks !== null && known.checks !== 'none');
}

/** A repository that was renamed or given to somebody else has another address from then on. */
function repositoryOf(
  { url }: Pick<PullRequestReading, 'url'>,
  { repository, number }: Pick<PullRequest, 'repository' | 'number'>,
): string {
  const said = parsePullRequestUrl(url);
  return said?.number === number ? said.repository : repository;
}

/** It lasts until GitHub is told again to merge it, or there is a new commit. */
function stoppedOf(
  known: Pick<PullRequest, 'autoMerge' | 'queued' | 'mergeStopped' | 'headCommit'>,
  { state, autoMerge, queued, headCommit }: PullRequestReading,
): PullRequest['mergeStopped'] {
  if (state !== 'open' || queued || autoMerge !== null) return null;
  if (known.queued) return 'queue';
  if (known.autoMerge !== null) return 'auto_merge';
  return known.headCommit === headCommit ? known.mergeStopped : null;
}

/** What GitHub said of the merge, and of which commits. */
type MergeWord = Pick<PullRequestReading, 'mergeable' | 'mergeState' | 'headCommit' | 'baseCommit'>;

/**
 * Whether it can be merged, after what was just said of it. Every push to the base resets it to
 * unknown for a while: the last word stands until GitHub has computed the next. Right after a push
 * GitHub may still tell of the commits before it: a conflict counts when a second reading sees it
 * between the same ones.
 */
export function mergeOf(
  known: Pick<PullRequest, 'mergeable' | 'mergeState' | 'conflictSeen' | 'headCommit'>,
  said: MergeWord,
): Pick<PullRequest, 'mergeable' | 'mergeState' | 'conflictSeen'> {
  const sight = conflictSight(said, known.conflictSeen);
  const isNew = said.mergeable === 'conflicting' && known.mergeable !== 'conflicting';
  const counts = !isNew || sight === known.conflictSeen;
  const sameHead = known.headCommit === null || known.headCommit === said.headCommit;
  const before = sameHead ? known : { mergeable: null, mergeState: null };
  return {
    mergeable: (counts ? said.mergeable : null) ?? before.mergeable,
    mergeState: (counts ? said.mergeState : null) ?? before.mergeState,
    conflictSeen: sight,
  };
}

/** Between which commits a conflict was seen, or null. */
function conflictSight(
  { mergeable, headCommit, baseCommit }: MergeWord,
  before: string | null,
): string | null {
  if (mergeable === null) return before;
  return mergeable === 'conflicting' ? `${headCommit} ${baseCommit ?? ''}` : null;
}
