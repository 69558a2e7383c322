// Pull requests of the stand-in for gh as GitHub's GraphQL answers tell of them. What the fields of `pull` mean is said in `gh`.
import { spawnSync } from 'node:child_process';
import { conversation } from './gh-conversation.mjs';

export const git = (...args) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();

function headCommit(world, pull) {
  const path = world.repositories[pull.repository]?.path;
  if (path === undefined || (pull.state ?? 'OPEN') !== 'OPEN') return pull.headCommit;
  const live = git('--git-dir', path, 'rev-parse', '--verify', '-q', `refs/heads/${pull.head}`);
  return live === '' ? pull.headCommit : live;
}

export const address = (world, pull) =>
  `https://${world.host}/${pull.repository}/pull/${pull.number}`;
export const idOf = (pull) => `PR_${pull.repository}_${pull.number}`;
export const when = (time) => time ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z');

function checkRun(check) {
  const conclusion = check.conclusion ?? null;
  return {
    __typename: 'CheckRun',
    name: check.name,
    status: check.status ?? (conclusion === null ? 'IN_PROGRESS' : 'COMPLETED'),
    conclusion,
    startedAt: check.startedAt ?? '2026-01-01T00:00:00Z',
    checkSuite: {
      app: { slug: check.app ?? 'github-actions' },
      workflowRun: {
        event: check.event ?? 'pull_request',
        workflow: { name: check.workflow ?? 'CI' },
      },
    },
  };
}

function rollup(pull, oid) {
  // A check may be one of a certain commit.
  const ofHead = ({ commit }) => commit === undefined || commit === oid;
  const contexts = [
    ...(pull.checks ?? []).filter(ofHead).map(checkRun),
    ...(pull.statuses ?? []).map((status) => ({
      __typename: 'StatusContext',
      createdAt: when(),
      ...status,
    })),
  ];
  if (contexts.length === 0) return null;
  return {
    state: pull.rollupState ?? 'PENDING',
    contexts: { totalCount: contexts.length, nodes: contexts.slice(0, 100) },
  };
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
            statusCheckRollup: pull.checksUnreadable ? null : rollup(pull, oid),
          },
        },
      ],
    },
  };
}
