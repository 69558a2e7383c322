// Pull requests of the stand-in for gh as GitHub's GraphQL answers tell of them. What the fields of `pull` mean is said in `gh`.
import { spawnSync } from 'node:child_process';
import { rollup } from './gh-checks.mjs';
import { conversation } from './gh-conversation.mjs';
import { address, idOf, when } from './gh-names.mjs';

export { address, idOf, when };

export const git = (...args) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();

function headCommit(world, pull) {
  const path = world.repositories[pull.repository]?.path;
  if (path === undefined || (pull.state ?? 'OPEN') !== 'OPEN') return pull.headCommit;
  const live = git('--git-dir', path, 'rev-parse', '--verify', '-q', `refs/heads/${pull.head}`);
  return live === '' ? pull.headCommit : live;
}

export function full(world, pull) {
  const open = (pull.state ?? 'OPEN') === 'OPEN';
  const oid = headCommit(world, pull);
  const mergeable = open && !(pull.unknownReads > 0) ? (pull.mergeable ?? 'MERGEABLE') : 'UNKNOWN';
  const [owner] = pull.repository.split('/');
  return {
    __typename: 'PullRequest',
    id: idOf(pull),
    number: pull.number,
    url: address(world, pull),
    title: pull.title ?? `Work of ${pull.head}`,
    state: pull.state ?? 'OPEN',
    isDraft: pull.draft ?? false,
    createdAt: when(pull.createdAt),
    updatedAt: when(pull.updatedAt),
    baseRefName: pull.base ?? 'main',
    baseRefOid: pull.baseCommit ?? 'basecommit',
    headRefName: pull.head,
    headRefOid: oid,
    isCrossRepository: pull.fork !== undefined,
    headRepositoryOwner: { login: pull.fork ?? owner },
    mergeCommit: pull.mergeCommit === undefined ? null : { oid: pull.mergeCommit },
    mergedBy: pull.mergedBy === undefined ? null : { login: pull.mergedBy },
    isInMergeQueue: pull.queued ?? false,
    autoMergeRequest: pull.autoMerge === undefined ? null : { mergeMethod: pull.autoMerge },
    mergeable,
    mergeStateStatus:
      mergeable === 'UNKNOWN'
        ? 'UNKNOWN'
        : (pull.mergeState ?? (mergeable === 'CONFLICTING' ? 'DIRTY' : 'CLEAN')),
    ...conversation(pull, oid),
    baseRepository: {
      object: world.repositories[pull.repository]?.runsChecks === true ? { id: 'TREE' } : null,
      defaultBranchRef: { target: { statusCheckRollup: null } },
    },
    commits: {
      nodes: [
        {
          commit: {
            oid,
            message: pull.message ?? 'Work',
            statusCheckRollup: pull.checksUnreadable ? null : rollup(world, pull, oid),
          },
        },
      ],
    },
  };
}
