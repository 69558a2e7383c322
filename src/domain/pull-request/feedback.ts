/** The mark of a pull request on which nobody has said anything. */
export const NOTHING_SAID = 'nothing';

export const FEEDBACK_KINDS = ['thread', 'comment', 'review'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/**
 * Whose word it is. `ours` was written by claustre or by the task's own Claude; only what is `trusted` may ever reach a prompt, everything
 * else is shown to the person and to nobody else.
 */
export const TRUSTS = ['trusted', 'untrusted', 'ours'] as const;
export type Trust = (typeof TRUSTS)[number];

/** One thing that one author wrote once. */
export interface Statement {
  /** GitHub's node id of the comment or review. */
  id: string;
  /** Login; null for a deleted account. */
  author: string | null;
  bot: boolean;
  trust: Trust;
  body: string;
  /** ISO time. */
  at: string;
  /** Changed after it was written, perhaps by somebody else. */
  edited: boolean;
  url: string | null;
}

export const FEEDBACK_VERDICTS = ['fixed', 'answered', 'declined'] as const;
export type FeedbackVerdict = (typeof FEEDBACK_VERDICTS)[number];

/** What reviewers said in one place of a pull request, and what became of it. */
export interface Feedback {
  /** GitHub's node id of the thread, comment or review. */
  id: string;
  pullRequestId: number;
  kind: FeedbackKind;
  /** Oldest first; a comment or review has one. */
  statements: Statement[];
  /** Of a review: GitHub's word in lower case (`changes_requested`, `commented`, `approved`); else null. */
  state: string | null;
  path: string | null;
  line: number | null;
  url: string | null;
  resolved: boolean;
  outdated: boolean;
  /** The newest round that took it as evidence. */
  roundId: number | null;
  /** The newest statement that round or a person decided for; a newer one is new evidence. */
  decidedFor: string | null;
  verdict: FeedbackVerdict | null;
  /** Why, in the words of whoever judged. */
  reason: string | null;
  /** Our reply on GitHub. */
  replyId: string | null;
  answeredAt: string | null;
}

/** What GitHub says of it; the rest is what became of it here. */
export type FeedbackReading = Omit<
  Feedback,
  'pullRequestId' | 'roundId' | 'decidedFor' | 'verdict' | 'reason' | 'replyId' | 'answeredAt'
>;

/** The newest statement of somebody who is trusted; null when there is none. What strangers add changes nothing. */
export function newestStatement({ statements }: Pick<Feedback, 'statements'>): Statement | null {
  return statements.findLast(({ trust }) => trust === 'trusted') ?? null;
}

/** Whether somebody who is trusted said something that nobody has decided about yet. An approval asks for nothing. */
export function isUndecided(
  feedback: Pick<Feedback, 'statements' | 'resolved' | 'state' | 'decidedFor'>,
): boolean {
  const newest = newestStatement(feedback);
  if (newest === null || feedback.resolved) return false;
  if (feedback.state === 'approved' || feedback.state === 'dismissed') return false;
  return newest.id !== feedback.decidedFor && newest.body.trim() !== '';
}
