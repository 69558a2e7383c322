import type { MergeReading } from '#domain/pull-request/merge.ts';

/** A pull request that can be merged, in a repository that allows everything but auto-merge. */
export function aMergeReading(more: Partial<MergeReading> = {}): MergeReading {
  return {
    nodeId: 'PR_acme/app_12',
    number: 12,
    title: 'Add a page',
    state: 'open',
    draft: false,
    base: 'main',
    head: 'task/page',
    headCommit: 'abc1234def',
    mergeCommit: null,
    mergedBy: null,
    commits: 3,
    mergeable: 'mergeable',
    mergeState: 'clean',
    autoMerge: null,
    queued: false,
    queueNeeded: false,
    fork: false,
    headProtected: false,
    rules: {
      archived: false,
      permission: 'write',
      methods: ['squash', 'merge', 'rebase'],
      defaultMethod: 'merge',
      autoMerge: false,
      deletesBranch: false,
      defaultBranch: 'main',
    },
    children: [],
    sameHead: [],
    incomplete: false,
    ...more,
  };
}

export const child = (number: number) => ({
  nodeId: `PR_acme/app_${number}`,
  number,
  title: `Child ${number}`,
  head: `task/child-${number}`,
  headCommit: `commit${number}`,
  fork: false,
});
