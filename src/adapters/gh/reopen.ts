import type { Write, Written } from './write.ts';

/** See `Gh.reopen`. */
export function reopen(write: Write, host: string, nodeId: string): Promise<Written> {
  const mutation = `mutation Reopen($id: ID!) {
  reopenPullRequest(input: { pullRequestId: $id }) { pullRequest { id state } }
}`;
  return write(host, mutation, { id: nodeId });
}
