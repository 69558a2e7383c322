import { createHash } from 'node:crypto';
import { z } from 'zod';
import { NOTHING_SAID } from '#domain/pull-request/feedback.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';

/**
 * What the poll reads of what people say: who and when, never a text, and nothing below a thread,
 * which is what costs. A reply in a thread makes a review of its own, so that it is seen here too.
 */
export const CONVERSATION_FIELDS = `reviewDecision
  latestOpinionatedReviews(last: 20) { nodes { state authorCanPushToRepository author { login } commit { oid } } }
  reviews(last: 10) { totalCount nodes { id state updatedAt } }
  reviewThreads(last: 50) { totalCount nodes { id isResolved isOutdated } }
  comments(last: 10) { totalCount nodes { id updatedAt isMinimized } }
  reviewRequests(first: 1) { totalCount }`;

const OPINION = z.object({
  state: z.string(),
  authorCanPushToRepository: z.boolean(),
  author: z.object({ login: z.string() }).nullish(),
  commit: z.object({ oid: z.string() }).nullish(),
});
type Opinion = z.infer<typeof OPINION>;

/** A list whose entries only have to be the same or not. */
const ENTRIES = z.object({
  totalCount: z.number(),
  nodes: z.array(z.record(z.string(), z.unknown()).nullable()),
});

const THREADS = z.object({
  totalCount: z.number(),
  nodes: z.array(
    z.object({ id: z.string(), isResolved: z.boolean(), isOutdated: z.boolean() }).nullable(),
  ),
});

export const CONVERSATION = z.object({
  headRefOid: z.string(),
  reviewDecision: z.string().nullish(),
  latestOpinionatedReviews: z.object({ nodes: z.array(OPINION.nullable()) }).nullish(),
  reviews: ENTRIES.nullish(),
  reviewThreads: THREADS.nullish(),
  comments: ENTRIES.nullish(),
  reviewRequests: z.object({ totalCount: z.number() }).nullish(),
});
export type Conversation = z.infer<typeof CONVERSATION>;

/** What was said of a pull request, as far as it was told. */
export function conversationOf(
  node: Conversation,
): Pick<
  PullRequestReading,
  | 'review'
  | 'approvedBy'
  | 'changesRequestedBy'
  | 'reviewRequests'
  | 'unresolvedThreads'
  | 'feedbackMark'
> {
  const opinions = (node.latestOpinionatedReviews?.nodes ?? [])
    .filter((opinion) => opinion !== null)
    .filter((opinion) => opinion.authorCanPushToRepository);
  const against = opinions.filter(({ state }) => state === 'CHANGES_REQUESTED');
  // An approval is one of the commit that it was given for.
  const inFavour = opinions.filter(
    ({ state, commit }) => state === 'APPROVED' && commit?.oid === node.headRefOid,
  );
  const threads = node.reviewThreads ?? null;
  return {
    review: decision(node) ?? opinion(inFavour, against),
    approvedBy: logins(inFavour),
    changesRequestedBy: logins(against),
    reviewRequests: node.reviewRequests?.totalCount ?? null,
    unresolvedThreads:
      threads === null
        ? null
        : threads.nodes.filter((thread) => thread !== null && !thread.isResolved).length,
    feedbackMark: markOf(node),
  };
}

/** GitHub decides only where a review is required. */
function decision({ reviewDecision }: Conversation): PullRequestReading['review'] {
  switch (reviewDecision) {
    case 'APPROVED':
      return 'approved';
    case 'CHANGES_REQUESTED':
      return 'changes_requested';
    case 'REVIEW_REQUIRED':
      return 'required';
    default:
      return null;
  }
}

/** Elsewhere the last opinion of each person who may push counts. */
function opinion(
  inFavour: readonly Opinion[],
  against: readonly Opinion[],
): PullRequestReading['review'] {
  if (against.length > 0) return 'changes_requested';
  return inFavour.length > 0 ? 'approved' : null;
}

/** GitHub shows deleted accounts as "ghost". */
function logins(opinions: readonly Opinion[]): string[] {
  return [...new Set(opinions.map(({ author }) => author?.login ?? 'ghost'))].toSorted();
}

/** A digest that changes with everything that somebody says, edits, takes back or resolves; null when a part of it was not told. */
function markOf({ reviews, reviewThreads, comments }: Conversation): string | null {
  const parts = [reviews, reviewThreads, comments];
  if (parts.some((part) => part === null || part === undefined || part.nodes.includes(null)))
    return null;
  if (parts.every((part) => part?.nodes.length === 0)) return NOTHING_SAID;
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
