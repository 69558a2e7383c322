import { closeSync, openSync, readSync } from 'node:fs';

/** A conversation's first prompt stands behind a few lines of Claude's own at most. */
const LOOKED_AT_BYTES = 256 * 1024;

/**
 * Whether a transcript holds a conversation that `--resume` finds. Claude refuses one in which no prompt was kept: it was killed before
 * it wrote the first, or the file was cleared away (Claude keeps it for 30 days). A file that cannot be looked into counts as one.
 */
export function hasConversation(path: string): boolean {
  const start = Buffer.alloc(LOOKED_AT_BYTES);
  let length: number;
  try {
    const file = openSync(path, 'r');
    try {
      length = readSync(file, start);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
  if (length === LOOKED_AT_BYTES) return true;
  return /"type"\s*:\s*"user"/.test(start.toString('utf8', 0, length));
}
