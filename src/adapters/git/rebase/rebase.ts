import { lastWords } from '#adapters/git/errors.ts';
import type { RunGit } from '#adapters/git/invoke.ts';
import { read } from '#adapters/git/plumbing.ts';
import { readRefs } from '#adapters/git/refs.ts';
import { askRemote, fetchBranches } from '#adapters/git/remote-branches.ts';
import { inspectWorktree } from '#adapters/git/work.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { type Begun, clearBegun, readBegun, writeBegun } from './begun.ts';
import { moveRemoteBranch } from './push.ts';
import { type ReplayConflict, replay } from './replay.ts';

export interface RebaseRequest {
  repository: string;
  worktree: string;
  branch: string;
  /** Whose branches count, and where the branch is pushed if it is there; null for the local ones, and nothing is pushed. */
  remote: string | null;
  /** The branch that it is to stand on. */
  onto: string;
  /** A commit that `onto` must hold, else it is refused: what was merged may take a moment to be seen. */
  holding: string | null;
  /** Commits that the branch began on, now or before: what they hold is not its own. One that is not known is left out. */
  below: readonly string[];
  /** true: onto the newest commit. false: only if commits that are not its own would count as such there. */
  newest: boolean;
  /** Name of its own of who asks; folder of the refs that a crash is mended from. */
  name: string;
  /** Asked just before the working tree is touched. */
  mayTouch: () => boolean;
}

/** Where the branch is now; with conflicts nothing was changed. */
export type Rebased =
  | (ReplayConflict & { moved: false })
  | {
      conflicts: null;
      /** Whether commits were written anew. */
      moved: boolean;
      from: string;
      head: string;
      /** What it stands on. */
      base: string;
      /** What was pushed; null when the remote has nothing to be moved. */
      pushed: string | null;
    };

interface Place {
  request: RebaseRequest;
  head: string;
  /** Newest commit of the branch to stand on. */
  onto: string;
  /** The branch on the remote; null when it is not there. */
  remoteTip: string | null;
}

/** See `Git.rebase`. */
export async function rebase(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: RebaseRequest,
): Promise<Rebased | Refusal> {
  const place = await findPlace(git, env, request);
  if (isRefusal(place)) return place;
  const begun = await readBegun(git, request.repository, request.name);
  // What was begun and not done in the working tree is begun anew.
  if (begun !== null && (await holds(git, request.repository, place.head, begun.to))) {
    return finish(git, env, place, begun);
  }
  return begin(git, env, place);
}

async function findPlace(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: RebaseRequest,
): Promise<Place | Refusal> {
  const { repository, worktree, branch, remote, onto, holding } = request;
  const state = await inspectWorktree(git, worktree, null);
  if (isRefusal(state)) return state;
  if (state.branch !== branch) {
    const what = state.branch === null ? 'no branch' : `"${state.branch}"`;
    return refuse(`Its worktree is on ${what} instead of "${branch}".`, 'Look into it.');
  }
  if (state.changed > 0) {
    return refuse('Its worktree has changes that are not committed.', 'Commit them first.');
  }
  const there = await readTips(git, env, repository, remote, [onto, branch]);
  if (isRefusal(there)) return there;
  const tip = there.get(onto);
  if (tip === undefined) {
    const where = remote === null ? 'here' : `on "${remote}"`;
    return refuse(`There is no branch "${onto}" ${where}.`, undefined, 'not_found');
  }
  if (holding !== null && !(await holds(git, repository, tip, holding))) {
    return refuse(`"${onto}" does not show ${holding.slice(0, 10)} yet.`, 'Try again soon.');
  }
  const remoteTip = remote === null ? null : (there.get(branch) ?? null);
  return { request, head: state.head, onto: tip, remoteTip };
}

/** The branches' commits, fetched where they are not here yet. */
async function readTips(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  repository: string,
  remote: string | null,
  branches: readonly string[],
): Promise<Map<string, string> | Refusal> {
  const prefix = remote === null ? 'refs/heads' : `refs/remotes/${remote}`;
  const names = branches.map((branch) => `${prefix}/${branch}`);
  const refs = await readRefs(git, repository, names);
  const known = (branch: string) => refs.get(`${prefix}/${branch}`);
  if (remote === null) {
    return new Map(branches.flatMap((each) => pair(each, known(each))));
  }
  const there = await askRemote(git, env, repository, remote, branches);
  if (isRefusal(there)) return there;
  const stale = [...there].filter(([branch, commit]) => known(branch) !== commit);
  if (stale.length === 0) return there;
  const failed = await fetchBranches(
    git,
    env,
    repository,
    remote,
    stale.map(([branch]) => branch),
  );
  return failed ?? there;
}

const pair = (name: string, commit: string | undefined): [string, string][] =>
  commit === undefined ? [] : [[name, commit]];

async function begin(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  place: Place,
): Promise<Rebased | Refusal> {
  const { request, head, onto, remoteTip } = place;
  const { repository, branch, name } = request;
  if (remoteTip !== null && !(await holds(git, repository, head, remoteTip))) {
    return refuse(
      `"${request.remote}" has commits on "${branch}" that are not here.`,
      'Bring them in first: git pull, in the worktree.',
    );
  }
  const without = await known(git, repository, request.below);
  const stands = await holds(git, repository, head, onto);
  if ((stands || !request.newest) && !(await bringsForeign(git, place, without))) {
    const base = stands ? onto : await mergeBase(git, repository, onto, head);
    return { conflicts: null, moved: false, from: head, head, base: base ?? onto, pushed: null };
  }
  const below = await nearest(git, repository, head, [onto, ...without]);
  if (below === null) {
    return refuse(`"${branch}" and "${request.onto}" have no commit in common.`);
  }
  const replayed = await replay(git, { repository, head, onto, without, below });
  if (isRefusal(replayed)) return replayed;
  if ('conflicts' in replayed) return { ...replayed, moved: false };
  const push = await whatToPush(git, place, { ...replayed, below });
  if (isRefusal(push)) return push;
  const begun = { from: head, to: replayed.head, base: onto, push };
  await writeBegun(git, repository, name, begun);
  const wrong = await moveWorktree(git, request, begun);
  return wrong ?? finish(git, env, place, begun);
}

/** What becomes of the branch on the remote: the same of its commits as are there now, never more. */
async function whatToPush(
  git: RunGit,
  { request, head, onto, remoteTip }: Place,
  moved: { head: string; below: string; became: ReadonlyMap<string, string> },
): Promise<Begun['push'] | Refusal> {
  if (remoteTip === null) return null;
  const became = remoteTip === head ? moved.head : moved.became.get(remoteTip);
  if (became !== undefined) return { from: remoteTip, to: became };
  if (await holds(git, request.repository, moved.below, remoteTip)) {
    return { from: remoteTip, to: onto };
  }
  return refuse(
    `"${request.branch}" ends on "${request.remote}" in a merge with commits after it that are only here.`,
    'Push them first.',
  );
}

/** Moves branch, index and files; git itself refuses before it touches any file that holds something of its own. */
async function moveWorktree(
  git: RunGit,
  { worktree, mayTouch }: RebaseRequest,
  { from, to }: Begun,
): Promise<Refusal | null> {
  const head = await read(git, worktree, ['rev-parse', 'HEAD']);
  if (head !== from || !mayTouch()) {
    return refuse('Somebody began to work in it just now.', 'It is tried again afterwards.');
  }
  const reset = await git(worktree, ['reset', '--keep', '--quiet', to, '--']);
  if (reset.exitCode === 0) return null;
  return refuse(
    `Its worktree could not be moved: ${lastWords(reset) || 'git said nothing'}`,
    'Look into it with `git status`.',
  );
}

/** Pushes what is to be pushed and has not been, and ends the move. */
async function finish(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  { request, head, remoteTip }: Place,
  begun: Begun,
): Promise<Rebased | Refusal> {
  const { repository, remote, branch, name } = request;
  const { from, to, base, push } = begun;
  if (push !== null && remote !== null) {
    const done = remoteTip !== null && (await holds(git, repository, remoteTip, push.to));
    const wrong = done
      ? null
      : await moveRemoteBranch(git, env, { repository, remote, branch, ...push });
    if (wrong !== null) return wrong;
  }
  await clearBegun(git, repository, name);
  const now = head === from ? to : head;
  return { conflicts: null, moved: true, from, head: now, base, pushed: push?.to ?? null };
}

/** Whether a commit is part of the history of another; false also when it is not here. */
async function holds(
  git: RunGit,
  repository: string,
  head: string,
  commit: string,
): Promise<boolean> {
  const answer = await git(repository, ['merge-base', '--is-ancestor', commit, head]);
  return answer.exitCode === 0;
}

/** Whether commits that are not the branch's own would count as its own on its new base. */
async function bringsForeign(
  git: RunGit,
  { request, head, onto }: Place,
  without: readonly string[],
): Promise<boolean> {
  const count = (more: readonly string[]) =>
    read(git, request.repository, ['rev-list', '--count', head, '--not', onto, ...more, '--']);
  return (await count([])) !== (await count(without));
}

async function known(
  git: RunGit,
  repository: string,
  commits: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const commit of new Set(commits)) {
    const answer = await git(repository, ['cat-file', '-e', `${commit}^{commit}`]);
    if (answer.exitCode === 0) found.push(commit);
  }
  return found;
}

async function mergeBase(
  git: RunGit,
  repository: string,
  one: string,
  other: string,
): Promise<string | null> {
  const answer = await git(repository, ['merge-base', one, other]);
  return answer.exitCode === 0 ? answer.stdout.trim() : null;
}

/** The last commit of the branch that is in the history of any of these. */
async function nearest(
  git: RunGit,
  repository: string,
  head: string,
  others: readonly string[],
): Promise<string | null> {
  let best: { commit: string; own: number } | null = null;
  for (const other of others) {
    const commit = await mergeBase(git, repository, other, head);
    if (commit === null) continue;
    const own = Number(await read(git, repository, ['rev-list', '--count', `${commit}..${head}`]));
    if (best === null || own < best.own) best = { commit, own };
  }
  return best?.commit ?? null;
}
