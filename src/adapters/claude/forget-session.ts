import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SessionFiles } from './session-files.ts';
import { removeOwnFile } from './write-file.ts';

/** Removes the files that a session was started with; the log of its setup stays. Folders that are empty then go, too. */
export function forgetSession(files: SessionFiles): void {
  const { folder, review, setupLog: _kept, ...written } = files;
  rmSync(review, { recursive: true, force: true });
  for (const path of Object.values(written)) removeOwnFile(path);
  for (const each of [dirname(files.prompt), folder]) removeDrafts(each);
}

/** A launch that was cut off may have left a file that it had not renamed yet. */
function removeDrafts(folder: string): void {
  const names = namesIn(folder);
  if (names === null) return;
  const drafts = names.filter((name) => name.endsWith('.tmp'));
  for (const name of drafts) removeOwnFile(join(folder, name));
  if (drafts.length === names.length) rmdirSync(folder);
}

/** null when there is no such folder. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
