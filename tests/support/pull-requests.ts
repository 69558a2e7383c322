import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';

/** An open pull request that was read and against which nothing stands. */
export function aPullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    ...unreadPullRequest({
      taskId: 1,
      host: 'github.com',
      repository: 'acme/app',
      number: 12,
      url: 'https://github.com/acme/app/pull/12',
      createdAt: '2026-01-01T12:00:00.000Z',
    }),
    id: 1,
    nodeId: 'PR_12',
    base: 'main',
    baseCommit: 'b'.repeat(40),
    head: 'task/a-task-1',
    headCommit: 'a'.repeat(40),
    checks: 'passed',
    mergeable: 'mergeable',
    mergeState: 'clean',
    readAt: '2026-01-01T12:00:00.000Z',
    ...changes,
  };
}
