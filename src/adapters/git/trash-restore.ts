import { chmod, copyFile, mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Refusal, refuse } from '#domain/error.ts';
import type { RunGit } from './invoke.ts';
import { gitPath, hashPaths } from './objects.ts';
import { canonicalPath, exists } from './paths.ts';
import { inParallel, read } from './plumbing.ts';
import { readCheckouts, readRefs } from './refs.ts';
import { checkOutSubmodules } from './submodules.ts';
import { readTrash, type SavedFile, type TrashRecord } from './trash-record.ts';
import { claimFolder, moveBranch, pathTaken, removeEmpty, takeBack } from './worktrees.ts';

const restoringTimeoutMs = 900_000;

/**
 * See `Git.restoreWork`. A branch that still stands where it was kept is taken as it is. Where HEAD was detached or on another branch
 * it comes back detached at its commit. After a refusal or throw nothing of it is left.
 */
export async function restoreWork(
  git: RunGit,
  env: Readonly<Record<string, string>>,
  request: { repository: string; worktree: string; name: string },
): Promise<{ branch: string; head: string } | Refusal> {
  const { repository, name } = request;
  const kept = await readTrash(git, repository, name);
  if (!kept) return refuse(`The trash holds no "${name}".`, undefined, 'not_found');
  const { head, state, record } = kept;
  const { branch } = record;
  const path = await canonicalPath(request.worktree);
  if (await exists(path)) return pathTaken(path);
  const ref = `refs/heads/${branch}`;
  const local = (await readRefs(git, repository, [ref])).get(ref) ?? null;
  const holder = (await readCheckouts(git, repository)).find((one) => one.branch === branch);
  if (holder) {
    return refuse(
      `The branch "${branch}" is checked out in "${holder.path}".`,
      'Check out another branch there first.',
    );
  }
  if (local !== null && local !== head) {
    return refuse(
      `There is another branch "${branch}" by now.`,
      `Rename it with \`git branch -m ${branch} <new name>\` first.`,
    );
  }
  const folders = await claimFolder(path);
  if (!folders) return pathTaken(path);
  const moved = await moveBranch(git, repository, branch, local, head);
  if (moved) {
    await removeEmpty(folders);
    return moved;
  }
  const undo = {
    git,
    repository,
    path,
    branch,
    start: { local, commit: head },
    folders,
  };
  try {
    await makeCheckout(git, repository, path, record);
    if (record.worktree) await fill(git, path, state, record.worktree);
    await checkOutSubmodules(git, env, path);
    await moveSubmodules(git, path, record.worktree?.files ?? []);
    return { branch, head };
  } catch (error) {
    await takeBack(undo);
    throw error;
  }
}

/** Without `--no-checkout`, git would write every file first and run the post-checkout hook; a branch alone needs just that checkout. */
async function makeCheckout(
  git: RunGit,
  repository: string,
  path: string,
  { branch, worktree }: TrashRecord,
): Promise<void> {
  // A commit instead of a branch is checked out detached.
  const start = worktree === null || worktree.onBranch ? branch : worktree.commit;
  const args = [...(worktree === null ? [] : ['--no-checkout']), '--', path, start];
  await read(git, repository, ['worktree', 'add', '--quiet', '--force', ...args], {
    timeoutMs: restoringTimeoutMs,
  });
}

/** Brings index and files back: the index file as it was, from it every file that was unchanged, then the changed ones byte for byte. */
async function fill(
  git: RunGit,
  path: string,
  state: string,
  { files, unfinished }: NonNullable<TrashRecord['worktree']>,
): Promise<void> {
  const index = await gitPath(git, path, 'index');
  await writeObject(git, path, `${state}:index`, index);
  const folder = await mkdtemp(join(tmpdir(), 'claustre-restore-'));
  try {
    // A copy without the changed paths: git would write those through its filters, or not at all while they are in conflict.
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await copyFile(index, env.GIT_INDEX_FILE);
    const input = files.map((file) => `${file.path}\0`).join('');
    await read(git, path, ['update-index', '--force-remove', '-z', '--stdin'], {
      env,
      input,
    });
    await read(git, path, ['checkout-index', '--all', '--force', '--quiet'], {
      env,
      timeoutMs: restoringTimeoutMs,
    });
    await writeSavedFiles(git, path, files, join(folder, 'changed'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const own = dirname(await gitPath(git, path, 'HEAD'));
  for (const [name, text] of Object.entries(unfinished)) await writeFile(join(own, name), text);
  // Fills in times and inodes of the fresh files. Exit code 1: some differ from the index, as they should.
  await git(path, ['update-index', '-q', '--refresh']);
}

/**
 * Writes the changed and untracked files. Git does it in one go, but through its filters; whatever does not have the saved bytes after
 * that is written once more without them.
 */
async function writeSavedFiles(
  git: RunGit,
  path: string,
  files: readonly SavedFile[],
  index: string,
): Promise<void> {
  const present = files.filter((file) => file.mode !== null && file.mode !== '160000');
  if (present.length === 0) return;
  const env = { GIT_INDEX_FILE: index };
  const input = present.map((file) => `${file.mode} ${file.object}\t${file.path}\0`).join('');
  const plain = ['-c', 'core.splitIndex=false'];
  await read(git, path, ['read-tree', '--empty'], { env });
  await read(git, path, [...plain, 'update-index', '--add', '-z', '--index-info'], { env, input });
  // A filter may fail on what was never meant for it; the bytes below decide.
  await git(path, ['checkout-index', '--all', '--force', '--quiet'], {
    env,
    timeoutMs: restoringTimeoutMs,
  });
  const regular = present.filter((file) => file.mode !== '120000');
  const written = await hashPaths(
    git,
    path,
    regular.map((file) => file.path),
  );
  const wrong = regular.filter((file, at) => written[at] !== file.object);
  await inParallel(wrong, 4, (file) => writeExactly(git, path, file));
}

async function writeExactly(git: RunGit, path: string, file: SavedFile): Promise<void> {
  const target = join(path, file.path);
  await mkdir(dirname(target), { recursive: true });
  // Git makes the file for its owner only; an empty one made first shows which mode the person's umask leaves.
  await rm(target, { force: true });
  const fresh = await open(target, 'wx', file.mode === '100755' ? 0o777 : 0o666);
  const { mode } = await fresh.stat().finally(() => fresh.close());
  await writeObject(git, path, file.object ?? '', target);
  await chmod(target, mode & 0o777);
}

/** Writes an object's bytes to a file. `unpack-file` lets git itself write them, so that none goes through a string. */
async function writeObject(git: RunGit, path: string, object: string, target: string) {
  const name = await read(git, path, ['unpack-file', object], {
    timeoutMs: restoringTimeoutMs,
  });
  const written = join(path, name);
  try {
    await rename(written, target);
  } catch (error) {
    const otherDisk = error instanceof Error && 'code' in error && error.code === 'EXDEV';
    if (!otherDisk) throw error;
    await copyFile(written, target);
    await rm(written);
  }
}

/** A submodule that stood at another commit than the index says goes there again, as far as its remote still has that commit. */
async function moveSubmodules(git: RunGit, path: string, files: readonly SavedFile[]) {
  for (const { mode, object, path: name } of files) {
    const folder = join(path, name);
    if (mode !== '160000' || object === null || !(await exists(join(folder, '.git')))) continue;
    await read(git, folder, ['checkout', '--quiet', '--detach', object]);
  }
}
