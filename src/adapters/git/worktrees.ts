import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { chooseStart, type Start } from './branch-start.ts';
import { gitFailure, knownRefusal, lastWords } from './errors.ts';
import type { WorktreeMade, WorktreeRequest } from './git.ts';
import type { RunGit } from './invoke.ts';
import { canonicalPath, exists } from './paths.ts';
import { read } from './plumbing.ts';
import { type Checkout, readCheckouts, readRefs } from './refs.ts';
import { checkOutSubmodules } from './submodules.ts';

/** A big repository with large files behind a filter takes minutes. */
const checkoutTimeoutMs = 900_000;

/** See `Git.addWorktree`. */
export async function addWorktree(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: WorktreeRequest,
): Promise<WorktreeMade | Refusal> {
  const { repository, branch, base, remote } = request;
  const path = await canonicalPath(request.path);
  if (!isPlainName(branch) || !isPlainName(base)) return invalidName(branch, base);
  const tracking = remote === null ? [] : [base, branch].map((b) => `refs/remotes/${remote}/${b}`);
  const [validName, refs, checkouts, taken] = await Promise.all([
    git('/', ['check-ref-format', `refs/heads/${branch}`]),
    readRefs(git, repository, [`refs/heads/${base}`, `refs/heads/${branch}`, ...tracking]),
    readCheckouts(git, repository),
    exists(path),
  ]);
  if (validName.exitCode !== 0) return invalidName(branch, base);
  if (taken) return pathTaken(path);
  const elsewhere = checkedOutElsewhere(checkouts, path, branch);
  if (elsewhere) return elsewhere;
  const start = await chooseStart(git, env, request, refs);
  if (isRefusal(start)) return start;
  return makeWorktree(git, env, { ...request, path }, start, isRegistered(checkouts, path));
}

/** Git reads names with a leading dash as options and `HEAD` or `@` as something else; the rest is for check-ref-format to judge. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== 'HEAD' && name !== '@' && !name.startsWith('-');
}

function invalidName(branch: string, base: string): Refusal {
  const name = isPlainName(base) ? branch : base;
  return refuse(
    `"${name}" is no valid branch name.`,
    'Use letters, digits, "-" and "/"; no spaces, no leading dash.',
  );
}

function isRegistered(checkouts: readonly Checkout[], path: string): boolean {
  return checkouts.some((checkout) => checkout.path === path);
}

function checkedOutElsewhere(
  checkouts: readonly Checkout[],
  path: string,
  branch: string,
): Refusal | null {
  const holder = checkouts.find((one) => one.branch === branch && one.path !== path);
  if (!holder) return null;
  return refuse(
    `The branch "${branch}" is checked out in "${holder.path}".`,
    holder.missing
      ? 'That folder is gone: run `git worktree prune` in the repository.'
      : 'Check out another branch there, or choose another branch for the task.',
  );
}

async function makeWorktree(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: WorktreeRequest,
  start: Start,
  registered: boolean,
): Promise<WorktreeMade | Refusal> {
  const { repository, path, branch } = request;
  const folders = await claimFolder(path);
  if (!folders) return pathTaken(path);
  // The ref is made or moved by itself, never by `worktree add -b`: this way it is certain whose it is when something fails.
  const moved = await moveBranch(git, repository, branch, start.local, start.commit);
  if (moved) {
    await removeEmpty(folders);
    return moved;
  }
  const undo = { git, repository, path, branch, start, folders };
  try {
    const force = registered ? ['--force'] : [];
    // The branch exists by now, so nothing is tracked; `--no-track` itself only goes with `-b`.
    const args = ['worktree', 'add', '--quiet', ...force, '--', path, branch];
    const added = await git(repository, args, {
      timeoutMs: checkoutTimeoutMs,
      hooks: true,
    });
    const notes = [...start.notes];
    if (added.exitCode !== 0) {
      // Git takes a worktree back that it could not check out, but keeps it when only the post-checkout hook has failed.
      const complete = await exists(`${path}/.git`);
      if (!complete) {
        const known = knownRefusal(added);
        if (!known) throw gitFailure(`The worktree "${path}" could not be made`, args, added);
        await takeBack(undo);
        return known;
      }
      notes.push(`The repository's post-checkout hook failed: ${lastWords(added) || 'no reason'}`);
    }
    const submodules = await checkOutSubmodules(git, env, path);
    if (submodules !== null) notes.push(submodules);
    return { baseCommit: start.baseCommit, from: start.from, notes };
  } catch (error) {
    await takeBack(undo);
    throw error;
  }
}

/**
 * Makes the branch or moves it forward, only if it still is where it was seen (an empty old value means that it must not exist). Refuses
 * when somebody else was quicker.
 */
export async function moveBranch(
  git: RunGit,
  repository: string,
  branch: string,
  from: string | null,
  to: string,
): Promise<Refusal | null> {
  if (from === to) return null;
  const message = from === null ? 'branch: Created by claustre' : 'claustre: fast-forward';
  const args = ['update-ref', '-m', message, `refs/heads/${branch}`, to, from ?? ''];
  const result = await git(repository, args);
  if (result.exitCode === 0) return null;
  const known = knownRefusal(result);
  if (known) return known;
  throw gitFailure(`The branch "${branch}" could not be made`, args, result);
}

/**
 * Makes a folder and those above it, and returns all that were not there, deepest first; null when the folder itself is there already.
 * Of two that want the same place only one gets it, so that whoever fails never clears away what is the other's.
 */
export async function claimFolder(path: string): Promise<string[] | null> {
  const first = (await mkdir(dirname(path), { recursive: true, mode: 0o700 })) ?? path;
  const made: string[] = [];
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) {
    made.push(folder);
  }
  try {
    await mkdir(path, { mode: 0o700 });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return null;
  }
}

/** The refusal for a place that is in use. */
export function pathTaken(path: string): Refusal {
  return refuse(`"${path}" exists already.`, 'Remove it or choose another place.');
}

interface Undo {
  git: RunGit;
  repository: string;
  path: string;
  branch: string;
  start: Pick<Start, 'local' | 'commit'>;
  /** What was made for it, deepest first. */
  folders: readonly string[];
}

/** Leaves the repository as it was before: no folder, no entry of git's, no branch that was not there, none moved. */
export async function takeBack({
  git,
  repository,
  path,
  branch,
  start,
  folders,
}: Undo): Promise<void> {
  await rm(path, { recursive: true, force: true });
  // Git takes back what it could not finish, unless it was killed; then its entry is still there, locked by the unfinished "add".
  if (isRegistered(await readCheckouts(git, repository), path)) {
    await read(git, repository, ['worktree', 'remove', '--force', '--force', '--', path]);
  }
  await removeEmpty(folders);
  if (start.local === start.commit) return;
  const ref = `refs/heads/${branch}`;
  const back =
    start.local === null
      ? ['update-ref', '-d', ref, start.commit]
      : ['update-ref', ref, start.local, start.commit];
  await read(git, repository, back);
}

/** Removes folders as long as they are empty or gone; a neighbour that has moved in meanwhile ends it. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const removed = await rmdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return true;
        if (['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(error.code ?? '')) return false;
        throw error;
      },
    );
    if (!removed) return;
  }
}
