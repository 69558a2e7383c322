import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { RunGit } from './invoke.ts';
import { hashPaths, writeBlob } from './objects.ts';
import { exists } from './paths.ts';
import { nulFields, read } from './plumbing.ts';
import type { SavedFile } from './trash-record.ts';
import type { Status } from './work.ts';

/** Writes what lies in the working tree but not in the index, byte for byte: no filter and no change of line ends, which lose. */
export async function hashFiles(
  git: RunGit,
  worktree: string,
  status: Status,
): Promise<SavedFile[] | Refusal> {
  const files: SavedFile[] = [];
  const regular: SavedFile[] = [];
  for (const { path, letters, kind } of [
    ...status.entries,
    ...(await hiddenFiles(git, worktree)),
  ]) {
    // Unchanged in the working tree: the index has it all.
    if (kind === 'changed' && letters.endsWith('.')) continue;
    const file: SavedFile = { path, mode: null, object: null };
    files.push(file);
    const full = join(worktree, path);
    const found = await lstat(full).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error) {
      const deleted = found.code === 'ENOENT' || found.code === 'ENOTDIR';
      // A name that is not UTF-8 has lost bytes on its way here: Node does not find it, and that must not pass for a deletion.
      const lost = kind === 'untracked' || path.includes('\uFFFD');
      if (!deleted || lost) return cannotSave(full, found.message);
    } else if (found.isSymbolicLink()) {
      file.mode = '120000';
      file.object = await writeBlob(git, worktree, await readlink(full));
    } else if (found.isDirectory()) {
      await saveFolder(git, full, file);
    } else if (found.isFile()) {
      file.mode = found.mode & 0o100 ? '100755' : '100644';
      regular.push(file);
    } else return cannotSave(full, 'it is neither a file nor a link');
  }
  const hashed = await hashRegular(git, worktree, regular);
  return isRefusal(hashed) ? hashed : files;
}

/**
 * Files that are marked assume-unchanged or skip-worktree: status does not look at them, so whatever they hold is kept. Those that a
 * sparse checkout has left out are not there and stay so.
 */
async function hiddenFiles(
  git: RunGit,
  worktree: string,
): Promise<Pick<Status['entries'][number], 'path' | 'letters' | 'kind'>[]> {
  const output = await read(git, worktree, ['ls-files', '-v', '-z']);
  // A small letter is assume-unchanged, S is skip-worktree.
  const marked = nulFields(output).filter((line) => /^(?:[a-z]|S) /.test(line));
  const there = await Promise.all(marked.map((line) => isThere(join(worktree, line.slice(2)))));
  return marked
    .filter((line, at) => there[at] || !/^S/i.test(line))
    .map((line) => ({ path: line.slice(2), letters: '.?', kind: 'changed' }));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

/** A folder where git has a file: a submodule at another commit, or a file that gave way to a folder, whose files come by themselves. */
async function saveFolder(git: RunGit, full: string, file: SavedFile): Promise<void> {
  if (!(await exists(join(full, '.git')))) return;
  file.mode = '160000';
  file.object = await read(git, full, ['rev-parse', 'HEAD']);
}

async function hashRegular(
  git: RunGit,
  worktree: string,
  files: readonly SavedFile[],
): Promise<null | Refusal> {
  const objects = await hashPaths(
    git,
    worktree,
    files.map((file) => file.path),
  );
  const unread = files.find((_, at) => objects[at] === null);
  if (unread) return cannotSave(join(worktree, unread.path), 'it cannot be read');
  for (const [at, file] of files.entries()) file.object = objects[at] ?? null;
  return null;
}

function cannotSave(path: string, reason: string): Refusal {
  return refuse(`"${path}" cannot be saved: ${reason}.`, 'Mend, move or delete it.', 'environment');
}
