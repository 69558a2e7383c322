import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WorkRequest } from '#adapters/git/git.ts';

/**
 * A text that changes when something was committed, staged, checked out or fetched: times of a few files of git's, without starting it. Empty
 * when the worktree has none.
 */
export function workMark({
  worktree,
  base,
  remote,
}: Pick<WorkRequest, 'worktree' | 'base' | 'remote'>): string {
  const folder = linkedFolder(join(worktree, '.git'), /^gitdir: (.*)/, worktree);
  if (folder === null) return '';
  const common = linkedFolder(join(folder, 'commondir'), /^(.*)/, folder) ?? folder;
  const watched = [
    join(folder, 'index'),
    join(folder, 'HEAD'),
    join(folder, 'logs', 'HEAD'),
    join(common, 'packed-refs'),
    join(common, 'refs', 'heads', base),
    ...(remote === null ? [] : [join(common, 'refs', 'remotes', remote, base)]),
  ];
  return watched.map(timeOf).join(' ');
}

/** The folder that a small file of git's names in its first line; null when there is no such file. */
function linkedFolder(path: string, line: RegExp, from: string): string | null {
  try {
    const named = line.exec(readFileSync(path, 'utf8'))?.[1];
    return named === undefined ? null : resolve(from, named);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(code)) return null;
    throw error;
  }
}

function timeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch (error) {
    // Somebody's own branch may be called like the folder of another one.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return 0;
    throw error;
  }
}
