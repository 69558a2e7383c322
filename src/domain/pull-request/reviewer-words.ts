import { type Feedback, isUndecided, newestStatement } from './feedback.ts';
import type { PullRequest } from './pull-request.ts';

/** So many names stand in a phrase; a person reads the others where they are listed. */
const NAMES = 3;

/** What was said and waits to be decided about, in words; null when nothing does. */
export function commentWords(
  pullRequest: PullRequest,
  feedback: readonly Feedback[],
): string | null {
  const { review, changesRequestedBy, feedbackMark, feedbackRead } = pullRequest;
  const open = feedback.filter(isUndecided);
  const undecided = open.length;
  const isRead = feedbackRead !== null && feedbackRead === feedbackMark;
  const isDecided = isRead && feedback.some(({ decidedFor }) => decidedFor !== null);
  const by = some(changesRequestedBy);
  // Changes were requested, and everything that was said is decided: that is the reviewer's to see.
  const isTheirs = open.some((each) => isBy(changesRequestedBy, newestStatement(each)?.author));
  if (review === 'changes_requested' && (isTheirs || !isDecided)) {
    return by === '' ? 'changes requested' : `changes requested by ${by}`;
  }
  if (undecided === 0) return null;
  return undecided === 1 ? 'a comment to decide about' : `${undecided} comments to decide about`;
}

function isBy(names: readonly string[], author: string | null | undefined): boolean {
  return names.length === 0 || (author != null && names.includes(author));
}

/** Whether it waits for reviewers, as far as GitHub tells. */
export function isReviewersTurn({ review, reviewRequests }: PullRequest): boolean {
  if (review === 'required' || review === 'changes_requested') return true;
  return review === null && (reviewRequests ?? 0) > 0;
}

/** What of them it waits for. */
export function reviewWords({ review, reviewRequests, changesRequestedBy }: PullRequest): string {
  if (review === 'changes_requested') {
    const by = some(changesRequestedBy);
    return `waits for another look${by === '' ? '' : ` by ${by}`}`;
  }
  const asked = reviewRequests ?? 0;
  if (asked === 0) return 'waits for a review';
  return asked === 1 ? 'waits for a reviewer who was asked' : `waits for ${asked} reviewers`;
}

/** The first of some names; how many others there are. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, NAMES).join(', ');
  return names.length > NAMES ? `${shown} and ${names.length - NAMES} more` : shown;
}
