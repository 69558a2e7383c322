import type { MergeMethod } from '#domain/pull-request/pull-request.ts';
import type { Write, Written } from './write.ts';

/** What is to be merged: only as long as this commit is its head. */
export interface MergeRequest {
  nodeId: string;
  headCommit: string;
  method: MergeMethod;
}

/** How GitHub names it. */
const NAMES: Record<'now' | 'auto', string> = {
  now: 'mergePullRequest',
  auto: 'enablePullRequestAutoMerge',
};

/** See `Gh.merge`. The method of a queue is the queue's own. */
export function merge(
  write: Write,
  host: string,
  way: 'now' | 'queue' | 'auto',
  { nodeId, headCommit, method }: MergeRequest,
): Promise<Written> {
  if (way === 'queue') {
    const mutation = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { id } }
}`;
    return write(host, mutation, { id: nodeId, head: headCommit });
  }
  const mutation = `mutation Merge($id: ID!, $head: GitObjectID!, $method: PullRequestMergeMethod!) {
  ${NAMES[way]}(input: { pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $method }) { pullRequest { id } }
}`;
  return write(host, mutation, { id: nodeId, head: headCommit, method: method.toUpperCase() });
}

/** See `Gh.markReady`. */
export function markReady(write: Write, host: string, nodeId: string): Promise<Written> {
  const mutation = `mutation Ready($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { id } }
}`;
  return write(host, mutation, { id: nodeId });
}

/** See `Gh.reopen`. */
export function reopen(write: Write, host: string, nodeId: string): Promise<Written> {
  const mutation = `mutation Reopen($id: ID!) {
  reopenPullRequest(input: { pullRequestId: $id }) { pullRequest { id } }
}`;
  return write(host, mutation, { id: nodeId });
}
