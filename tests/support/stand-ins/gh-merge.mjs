// What the stand-in for gh knows of merging: it really merges in the bare repository of `repositories.path`, where there is one.
//
// Fields of a repository beside those in `gh`: methods (default all three: ["SQUASH", "MERGE", "REBASE"]) · defaultMethod "MERGE" ·
// autoMerge false · deleteBranch false · permission "WRITE" · archived false · defaultBranch "main" · protected [branches] · queue [bases]
// Fields of a pull request: autoMerge method · queued · mergedBy · commitCount.
// Of the world: lacks [fields that this server does not know] · viewer "monalisa" · writes: how the next changes end, one entry each: "lost" (done, but the answer never comes),
// "502" (not done), "502 done", a text (GitHub's words of refusal); null: it works.
import { spawnSync } from 'node:child_process';
import { idOf } from './gh-pull-request.mjs';

const open = (pull) => (pull.state ?? 'OPEN') === 'OPEN';

const QUERIES = {
  Merge: mergeReading,
  Children: (world, variables) => ({ repository: children(world, variables) }),
};

/** The data of a query about merges; null when it is none. */
export function mergeQuery(world, { query, variables }, full, missing) {
  const lacking = (world.lacks ?? []).find((field) => query.includes(field));
  if (lacking !== undefined) missing(lacking);
  const name = /^query (\w+)/.exec(query)?.[1];
  return QUERIES[name]?.(world, variables, full) ?? null;
}

function children(world, { o, n, b }) {
  const nodes = world.pullRequests
    .filter((pull) => open(pull) && pull.repository === `${o}/${n}` && (pull.base ?? 'main') === b)
    .map((pull) => ({
      id: idOf(pull),
      number: pull.number,
      title: pull.title ?? `Pull request ${pull.number}`,
      headRefName: pull.head,
      headRefOid: pull.headCommit,
      isCrossRepository: pull.fork !== undefined,
    }));
  return { children: { totalCount: nodes.length, nodes } };
}

function mergeReading(world, variables, full) {
  const { id, o, n, b } = variables;
  const pull = world.pullRequests.find((each) => idOf(each) === id);
  const repository = world.repositories[`${o}/${n}`] ?? {};
  const methods = repository.methods ?? ['SQUASH', 'MERGE', 'REBASE'];
  const heads = world.pullRequests
    .filter((each) => open(each) && each.repository === `${o}/${n}` && each.head === b)
    .map((each) => ({ number: each.number, isCrossRepository: each.fork !== undefined }));
  const shown = pull === undefined ? null : full(world, pull);
  return {
    node:
      pull === undefined
        ? null
        : {
            ...shown,
            title: pull.title ?? `Pull request ${pull.number}`,
            mergedBy: pull.mergedBy === undefined ? null : { login: pull.mergedBy },
            commits: { totalCount: pull.commitCount ?? 1 },
            autoMergeRequest:
              pull.autoMerge === undefined || pull.autoMerge === null
                ? null
                : { mergeMethod: pull.autoMerge },
            isInMergeQueue: pull.queued ?? false,
            isMergeQueueEnabled: (repository.queue ?? []).includes(pull.base ?? 'main'),
            headRef: open(pull)
              ? {
                  branchProtectionRule: (repository.protected ?? []).includes(pull.head)
                    ? { id: 'BPR' }
                    : null,
                }
              : null,
          },
    repository: {
      isArchived: repository.archived ?? false,
      viewerPermission: repository.permission ?? 'WRITE',
      deleteBranchOnMerge: repository.deleteBranch ?? false,
      autoMergeAllowed: repository.autoMerge ?? false,
      squashMergeAllowed: methods.includes('SQUASH'),
      mergeCommitAllowed: methods.includes('MERGE'),
      rebaseMergeAllowed: methods.includes('REBASE'),
      viewerDefaultMergeMethod: repository.defaultMethod ?? 'MERGE',
      defaultBranchRef: { name: repository.defaultBranch ?? 'main' },
      ...children(world, variables),
      heads: { totalCount: heads.length, nodes: heads },
    },
  };
}

/** What a change does to the world: `{data}`, or `{refused: GitHub's words}`. Null when it is none that is known. */
export function mergeMutation(world, { query, variables }, full) {
  const field = /^mutation \w+\([^)]*\) \{\s*(\w+)/.exec(query)?.[1];
  const change = CHANGES[field];
  if (change === undefined) return null;
  const pull = world.pullRequests.find((each) => idOf(each) === variables.id);
  if (pull === undefined) return { refused: 'Could not resolve to a node.' };
  const refused = change(world, pull, variables, full);
  return refused === undefined
    ? { data: { [field]: { pullRequest: { id: idOf(pull) } } } }
    : { refused };
}

const CHANGES = {
  mergePullRequest: merge,
  enablePullRequestAutoMerge(world, pull, { method }) {
    if (world.repositories[pull.repository]?.autoMerge !== true)
      return 'Auto merge is not allowed for this repository';
    pull.autoMerge = method;
  },
  enqueuePullRequest(_, pull) {
    pull.queued = true;
  },
  markPullRequestReadyForReview(_, pull) {
    pull.draft = false;
    if (pull.mergeState === 'DRAFT') delete pull.mergeState;
  },
  reopenPullRequest(_, pull) {
    pull.state = 'OPEN';
  },
  updatePullRequest(_, pull, { base }) {
    if (!open(pull)) return 'Cannot change the base branch of a closed pull request.';
    pull.base = base;
  },
};

function merge(world, pull, { head, method }, full) {
  const { headRefOid, mergeable } = full(world, pull);
  if (pull.state === 'MERGED') return 'Pull Request is already merged';
  if (!open(pull)) return 'Pull Request is closed';
  if (head !== headRefOid) return 'Head branch was modified. Review and try the merge again.';
  if (mergeable !== 'MERGEABLE') return 'Pull Request is not mergeable';
  const repository = world.repositories[pull.repository] ?? {};
  const commit =
    repository.path === undefined
      ? `merged${pull.number}`
      : mergeIn(repository.path, pull, headRefOid, method);
  if (commit === null) return 'Pull Request is not mergeable';
  Object.assign(pull, {
    state: 'MERGED',
    mergeCommit: commit,
    mergedBy: world.viewer ?? 'monalisa',
    headCommit: headRefOid,
  });
  delete pull.autoMerge;
  if (repository.deleteBranch !== true || repository.path === undefined) return;
  git(repository.path, 'update-ref', '-d', `refs/heads/${pull.head}`);
  for (const each of world.pullRequests) {
    if (each.repository === pull.repository && open(each) && each.base === pull.head)
      each.base = pull.base ?? 'main';
  }
}

function git(path, ...args) {
  const who = {
    GIT_AUTHOR_NAME: 'GitHub',
    GIT_AUTHOR_EMAIL: 'noreply@github.com',
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
  };
  const done = spawnSync('git', ['--git-dir', path, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...who },
  });
  return done.status === 0 ? done.stdout.trim() : null;
}

/** A squash, or a merge commit for both other methods: nothing here looks at single rebased commits. */
function mergeIn(path, pull, head, method) {
  const ref = `refs/heads/${pull.base ?? 'main'}`;
  const base = git(path, 'rev-parse', ref);
  const tree = git(path, 'merge-tree', '--write-tree', base, head);
  if (tree === null) return null;
  const parents = method === 'SQUASH' ? ['-p', base] : ['-p', base, '-p', head];
  const commit = git(
    path,
    'commit-tree',
    ...parents,
    '-m',
    `Pull request (#${pull.number})`,
    tree.split('\n')[0],
  );
  git(path, 'update-ref', ref, commit, base);
  return commit;
}
