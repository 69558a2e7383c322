import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { WorktreeMade, WorktreeRequest } from './git.ts';
import type { RunGit } from './invoke.ts';
import { read } from './plumbing.ts';
import { askRemote, fetchBranches } from './remote-branches.ts';

/** Where the branch of a new worktree begins. */
export interface Start {
  /** Where the branch has to be before the checkout. */
  commit: string;
  /** Where the local branch is now; null when there is none. */
  local: string | null;
  from: WorktreeMade['from'];
  baseCommit: string;
  notes: string[];
}

/** What is known of a remote's base and branch: null where it has none. */
interface RemoteView {
  base: string | null;
  branch: string | null;
  /** Why this is only what was fetched before; null when the remote itself has answered or was not to be asked. */
  unreachable: string | null;
}

/**
 * Decides from which commit the work starts. `refs` are the local and remote-tracking refs of base and branch as they stand. Once the
 * remote has answered, its answer counts and not the remote-tracking ref: that outlives a branch that was deleted there.
 */
export async function chooseStart(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: WorktreeRequest,
  refs: ReadonlyMap<string, string>,
): Promise<Start | Refusal> {
  const { branch, remote } = request;
  const view =
    remote === null
      ? { base: null, branch: null, unreachable: null }
      : await viewRemote(git, env, { ...request, remote }, refs);
  const base = chooseBase(request, view, refs.get(`refs/heads/${request.base}`) ?? null);
  if (isRefusal(base)) return base;
  const local = refs.get(`refs/heads/${branch}`) ?? null;
  const start = { local, baseCommit: base.commit, notes: base.notes };
  if (local === null) {
    return view.branch === null
      ? { ...start, commit: base.commit, from: 'created' }
      : { ...start, commit: view.branch, from: 'remote' };
  }
  if (view.branch === null || view.branch === local) {
    return { ...start, commit: local, from: 'local' };
  }
  const counts = await read(git, request.repository, [
    'rev-list',
    '--left-right',
    '--count',
    `${local}...${view.branch}`,
  ]);
  const [ahead = 0, behind = 0] = counts.split('\t').map(Number);
  if (ahead > 0 && behind > 0) {
    return refuse(
      `The branch "${branch}" and its counterpart on "${remote}" have diverged: ${ahead} of its commits are only here, ${behind} only there.`,
      'Rebase or merge them by hand, or choose another branch.',
    );
  }
  return { ...start, commit: behind > 0 ? view.branch : local, from: 'local' };
}

async function viewRemote(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: WorktreeRequest & { remote: string },
  refs: ReadonlyMap<string, string>,
): Promise<RemoteView> {
  const { repository, remote, base, branch } = request;
  const fetched = (name: string) => refs.get(`refs/remotes/${remote}/${name}`) ?? null;
  const before = { base: fetched(base), branch: fetched(branch) };
  if (request.fetch === false) return { ...before, unreachable: null };
  const there = await askRemote(git, env, repository, remote, [base, branch]);
  if (isRefusal(there)) return { ...before, unreachable: there.reason };
  const stale = [...there].filter(([name, commit]) => fetched(name) !== commit);
  if (stale.length > 0) {
    const names = stale.map(([name]) => name);
    const failed = await fetchBranches(git, env, repository, remote, names);
    if (failed) return { ...before, unreachable: failed.reason };
  }
  return {
    base: there.get(base) ?? null,
    branch: there.get(branch) ?? null,
    unreachable: null,
  };
}

/** The remote's base before the local one: commits that exist only here would otherwise slip into the pull request. */
function chooseBase(
  { base, remote, fetch }: WorktreeRequest,
  view: RemoteView,
  local: string | null,
): { commit: string; notes: string[] } | Refusal {
  const offline =
    view.unreachable === null ? '' : `"${remote}" did not answer: ${view.unreachable} `;
  if (view.base !== null) {
    const notes = offline === '' ? [] : [`${offline}The base "${base}" is as of its last fetch.`];
    return { commit: view.base, notes };
  }
  if (local !== null) {
    const told = remote !== null && fetch !== false;
    const place = offline === '' ? `The base "${base}" is not on "${remote}". ` : offline;
    return {
      commit: local,
      notes: told ? [`${place}The work starts from the local "${base}".`] : [],
    };
  }
  return refuse(
    `The base branch "${base}" was not found${remote === null ? '' : ` here or on "${remote}"`}.${
      offline === '' ? '' : ` ${offline.trim()}`
    }`,
    'Name a branch that exists as the base.',
    'not_found',
  );
}
