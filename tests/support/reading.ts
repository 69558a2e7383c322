import type { PullRequestReading } from '#domain/pull-request/reading.ts';

/** What a reading says besides who it is and how it stands, where nothing is said. */
export const NOTHING_MORE = {
  title: null,
  baseCommit: null,
  mergedBy: null,
  checksNote: null,
  checkRuns: [],
  approvedBy: [],
  changesRequestedBy: [],
  reviewRequests: null,
  unresolvedThreads: null,
  feedbackMark: null,
  autoMerge: null,
  queued: false,
} satisfies Partial<PullRequestReading>;
