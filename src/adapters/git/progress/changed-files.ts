import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangedFile } from '#domain/proof/risk.ts';

/** More binary files than this are not looked at one by one. */
const MOST_BINARY = 50;

/**
 * What `git diff --raw --numstat -z` prints: first what happened to each file, then the numbers. Returns the change by the path that the
 * file has now, and the numbers alone.
 */
export function splitRaw(output: string): {
  changes: Map<string, ChangedFile['change']>;
  numbers: string;
} {
  const fields = output.split('\0');
  const changes = new Map<string, ChangedFile['change']>();
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const letter = fields[at]?.split(' ')[4]?.[0] ?? '';
    // A moved file has two paths: the second is where it is now.
    const paths = letter === 'R' || letter === 'C' ? 2 : 1;
    const path = fields[at + paths] ?? '';
    const change = letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified';
    changes.set(path, change);
    at += 1 + paths;
  }
  return { changes, numbers: fields.slice(at).join('\0') };
}

/** The files with what happened to them; the size of a binary one as it lies in the worktree. */
export async function changedFiles(
  worktree: string,
  files: readonly { path: string; added: number | null }[],
  changes: ReadonlyMap<string, ChangedFile['change']>,
): Promise<ChangedFile[]> {
  let looked = 0;
  const found: ChangedFile[] = [];
  for (const { path, added } of files) {
    const change = changes.get(path) ?? 'modified';
    const binary = added === null;
    const looks = binary && change !== 'deleted' && looked < MOST_BINARY;
    if (looks) looked += 1;
    found.push({ path, change, binary, bytes: looks ? await sizeOf(join(worktree, path)) : null });
  }
  return found;
}

/** The bytes of a file; null when it is gone meanwhile, or nobody may look. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return null;
    throw error;
  }
}
