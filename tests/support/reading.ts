import { type Check, checkMeaning } from '#domain/pull-request/checks.ts';
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

/** A check that nothing is known of but its name and its state. */
export function aCheck(name: string, state: string, more: Partial<Check> = {}): Check {
  const meaning = checkMeaning(state);
  const unknown = { workflow: null, required: null, url: null, job: null, at: null };
  return { name, state, meaning, ...unknown, ...more };
}

/** Checks that failed. */
export function failing(...names: string[]): Check[] {
  return names.map((name) => aCheck(name, 'FAILURE'));
}
