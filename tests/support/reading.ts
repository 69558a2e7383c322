import { type Check, checkMeaning } from '#domain/pull-request/checks.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
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

/** What a good reading says of a pull request whose build failed. */
export const READING: PullRequestReading = {
  ...NOTHING_MORE,
  nodeId: 'PR_1',
  number: 7,
  url: 'https://github.com/acme/app/pull/7',
  state: 'open',
  draft: false,
  base: 'main',
  head: 'task/x',
  headCommit: 'aaa',
  mergeCommit: null,
  checks: 'failed',
  checkRuns: failing('build'),
  review: 'approved',
  mergeable: 'mergeable',
  mergeState: 'blocked',
};
/** The pull request that it is about, before anything was read. */
export const UNREAD: PullRequest = {
  id: 1,
  ...unreadPullRequest({
    taskId: 1,
    host: 'github.com',
    repository: 'acme/app',
    number: 7,
    url: READING.url,
    createdAt: '2026-01-01T12:00:00.000Z',
  }),
};
