import type { Refusal } from '#domain/error.ts';
import type { Budget } from '#domain/pull-request/host.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import type { MergeAnswer } from './mergeability.ts';

/** What is known of a pull request's head commit, so that it is not asked again. */
export interface KnownHead {
  headCommit: string;
  /** ISO time when this commit was first seen. */
  headSeenAt: string;
  /** Which of its checks are required, by runKey. */
  required: readonly (readonly [key: string, required: boolean])[];
}

import type { ChildPullRequest, MergeReading } from '#domain/pull-request/merge.ts';
import type { Answers } from './answers.ts';
import type { ReadFeedback } from './feedback.ts';
import type { MergeRequest } from './merging/merge.ts';
import type { MergeRef } from './merging/merge-query.ts';
import type { MayPush } from './permission.ts';
import type { Written } from './write.ts';

/** Which pull request to read: by node id once it is known, else by number. */
export interface PullRequestRef {
  /** The caller's own key for the answer. */
  key: number;
  nodeId: string | null;
  repository: string;
  number: number;
  known?: KnownHead | null;
}

/** A branch whose pull request is looked for. */
export interface BranchRef {
  key: number;
  repository: string;
  branch: string;
  /** The pull request that is followed already, by node id: of several open ones it stays the one. */
  pinned: string | null;
  /** Our branch's tip: of several pull requests the one with this head is ours. */
  commit: string | null;
  base: string;
  /**
   * ISO time; an older one belongs to an earlier use of the name, unless it is open and shows our
   * commit.
   */
  since: string;
}

/**
 * What one request learned. Keys without an entry were not answered: nothing is known of them and
 * nothing may change.
 */
export interface Readings<T> {
  found: Map<number, T>;
  /** Sentences for keys that failed on their own (deleted, no access). */
  failed: Map<number, string>;
  /** Who gh is logged in as; absent when it was not asked. */
  login?: string | null;
}

/** See takeUsage; null for nothing. */
export interface HostUsage {
  budget: Budget | null;
  limit: Refusal | null;
}

/**
 * Asks GitHub through the user's own gh: its login and hosts are theirs. Only `gh api`, GraphQL
 * through stdin.
 */
export interface Gh extends Answers {
  /** gh's version, or the refusal when it is missing or too old. */
  version(): Promise<string | Refusal>;
  /**
   * Whether gh has a token for the host; the refusal says how to log in. Does not prove that the
   * token works.
   */
  isLoggedIn(host: string): Promise<true | Refusal>;
  /**
   * What this process has used of a host's hourly points since the last call, whatever it asked for,
   * and the limit that it met. Whoever takes it writes it down.
   */
  takeUsage(host: string): HostUsage;
  /**
   * One request for up to 20; the caller splits. A refusal means that nothing was learned (offline,
   * limit, login). A server that says that it is too much is asked in halves. Which checks of a new
   * head commit are required is a second request, made only when one of them did not pass.
   */
  readPullRequests(
    host: string,
    refs: readonly PullRequestRef[],
  ): Promise<Readings<PullRequestReading> | Refusal>;
  /**
   * Looks up the pull requests of up to 10 branches in one request; a branch without one maps to
   * null. Only pull requests whose head is that branch of the same repository are answers, never a
   * fork's. Says who they are and how they stand; checks, review and mergeability are null until
   * readPullRequests.
   */
  findPullRequests(
    host: string,
    refs: readonly BranchRef[],
  ): Promise<Readings<PullRequestReading | null> | Refusal>;
  /** See mergeability.ts. */
  readMergeability(
    host: string,
    repository: string,
    number: number,
  ): Promise<MergeAnswer | Refusal>;
  /** See job-log.ts. */
  readJobLog(host: string, repository: string, job: number): Promise<string | Refusal>;
  /**
   * The open pull requests, anybody's, whose base is this branch. Refuses when not all could be
   * read.
   */
  openChildren(
    host: string,
    repository: string,
    branch: string,
  ): Promise<ChildPullRequest[] | Refusal>;
  /** Gives a pull request another base. Nothing is sent again: whoever is unsure reads its children anew. */
  retarget(host: string, nodeId: string, base: string): Promise<Written>;
  /** One request: how it stands, what the repository allows, and which others build on its branch. */
  readMerge(host: string, ref: MergeRef): Promise<MergeReading | Refusal>;
  /**
   * Merges now, puts it into the queue, or has GitHub merge it once it may; never anything but that
   * head commit. What came of it is for readMerge to say, whatever the outcome.
   */
  merge(host: string, way: 'now' | 'queue' | 'auto', request: MergeRequest): Promise<Written>;
  /** Makes a draft a pull request that may be merged. */
  markReady(host: string, nodeId: string): Promise<Written>;
  /** Opens a closed one again. */
  reopen(host: string, nodeId: string): Promise<Written>;
  /** What people said on one pull request: threads, comments and reviews, drafts and hidden ones left out. */
  readFeedback: ReadFeedback;
  /** Whether somebody may push to a repository; remembered for an hour. */
  mayPush: MayPush;
}
