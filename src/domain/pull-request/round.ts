export const ROUND_KINDS = ['finish', 'fix', 'review'] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

export const EVIDENCE_KINDS = [
  'check',
  'conflict',
  'review',
  'feedback',
  'missing',
  'gate',
  'criterion',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One reason for a round. */
export interface Evidence {
  kind: EvidenceKind;
  /** What makes it the same as in another round: the check and its commit, the base commit, the statement. */
  key: string;
  /** For people: the check's name, the place of the comment. */
  title: string;
}

/** How a round ended: all that was missing is there, a new head, none, nothing to do, it could not be asked, it was stopped. */
export const ROUND_OUTCOMES = [
  'delivered',
  'pushed',
  'unchanged',
  'nothing',
  'failed',
  'stopped',
] as const;
export type RoundOutcome = (typeof ROUND_OUTCOMES)[number];

/**
 * One turn of Claude that claustre asked for: `finish` what an autonomous turn left undone and `fix` what stands against a pull request, both
 * in the task's own conversation, `review` in the pane of the review loop. A task has at most
 * one that has not ended, so that two never work in one worktree. Times in milliseconds since 1970.
 */
export interface Round {
  id: number;
  taskId: number;
  pullRequestId: number | null;
  kind: RoundKind;
  evidence: Evidence[];
  /** The pull request's head when it began. */
  headCommit: string | null;
  startedAt: number;
  /** When Claude had it; null while that is not sure. */
  sentAt: number | null;
  endedAt: number | null;
  outcome: RoundOutcome | null;
  /** A sentence about its end. */
  note: string | null;
  costUsd: number | null;
}

export const FIX_POLICIES = ['off', 'ask', 'automatic'] as const;
export type FixPolicy = (typeof FIX_POLICIES)[number];
