import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Some file systems tell the time of a change by the second. */
const COARSE_MS = 1_000;

/** See `Git.writtenSince`. Of a file that is not there its folder tells. */
export function writtenSince(worktree: string, files: readonly string[], since: number): boolean {
  return files.some((file) => {
    const path = join(worktree, file);
    const at = changedAt(path) ?? changedAt(dirname(path)) ?? 0;
    return at > since - COARSE_MS;
  });
}

function changedAt(path: string): number | null {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined ? null : Math.max(found.mtimeMs, found.ctimeMs);
  } catch (error) {
    // A folder that is a file by now, or that nobody may look into: the next read of the worktree tells of it.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOTDIR', 'EACCES', 'ELOOP'].includes(code)) return null;
    throw error;
  }
}
