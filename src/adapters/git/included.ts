import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readlink, realpath, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { ClaustreError } from '#domain/error.ts';
import type { RunGit } from './invoke.ts';
import { exists, isInside } from './paths.ts';
import { inParallel, nulFields, read } from './plumbing.ts';

const maxFiles = 20_000;
const maxBytes = 1024 ** 3;

/**
 * See `Git.copyIncluded`. Git itself reads the patterns: `ls-files --others` lists only what is not tracked, ignored or not. Throws
 * `refused`, before anything is copied, when there are more than 20,000 files or 1 GiB.
 */
export async function copyIncluded(
  git: RunGit,
  repository: string,
  worktree: string,
): Promise<string[]> {
  const list = join(repository, '.worktreeinclude');
  if (!(await exists(list))) return [];
  const output = await read(
    git,
    repository,
    ['ls-files', '--others', '--ignored', '-z', `--exclude-from=${list}`],
    { timeoutMs: 120_000 },
  );
  // A trailing slash stands for a repository of its own inside this one, which git does not enter.
  const names = nulFields(output).filter((name) => !name.endsWith('/'));
  const source = await realpath(repository);
  await checkSize(source, names);
  const target = await realpath(worktree);
  const copied: string[] = [];
  await inParallel(names, 8, async (name) => {
    if (await copyOne(source, target, name)) copied.push(name);
  });
  return copied.sort();
}

async function checkSize(source: string, names: readonly string[]): Promise<void> {
  let bytes = 0;
  if (names.length <= maxFiles) {
    await inParallel(names, 16, async (name) => {
      // Read first, then added: `+=` before an await would lose what others added meanwhile.
      const { size } = await lstat(join(source, name));
      bytes += size;
    });
  }
  if (names.length <= maxFiles && bytes <= maxBytes) return;
  throw new ClaustreError(
    'refused',
    `.worktreeinclude names ${names.length} files, more than ${maxFiles} or more than 1 GiB.`,
    { hint: 'Let it name fewer; a setup command can install what is big.' },
  );
}

/** Copies one file or link and tells whether it did; what is there already, leads outside or is neither is left out. */
async function copyOne(source: string, target: string, name: string): Promise<boolean> {
  const from = join(source, name);
  const to = join(target, name);
  const kind = await lstat(from);
  if (!(await makeFolders(target, dirname(to)))) return false;
  try {
    if (kind.isSymbolicLink()) {
      const aim = await readlink(from);
      // A relative link means the same in the worktree; an absolute one would lead an agent back into the person's own checkout.
      if (isAbsolute(aim) || !isInside(resolve(dirname(from), aim), source)) return false;
      await symlink(aim, to);
    } else if (kind.isFile()) {
      await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    } else return false;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Makes the folders of a file and tells whether they really lie in the worktree: the branch may hold links that lead out of it. */
async function makeFolders(target: string, folder: string): Promise<boolean> {
  let above = folder;
  while (!(await exists(above))) above = dirname(above);
  if (!isInside(await realpath(above), target)) return false;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // A file lies where the folder should be, or a link to nothing.
    if (
      error instanceof Error &&
      'code' in error &&
      ['EEXIST', 'ENOTDIR', 'ENOENT'].includes(String(error.code))
    ) {
      return false;
    }
    throw error;
  }
  return true;
}
