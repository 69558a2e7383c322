import { access, opendir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A folder with more entries is not read to its end. */
const MOST_ENTRIES = 20_000;

/** Folders of this machine, for people who type a path. */
export interface Folders {
  /** Names of the folders in a folder (a relative path begins where claustre was started); null when there is none to look into. */
  list(path: string): Promise<string[] | null>;
  /** Whether a folder looks like a git repository, without asking git. */
  isRepository(path: string): Promise<boolean>;
}

export const folders: Folders = {
  async list(given) {
    const path = resolve(given);
    const names: string[] = [];
    try {
      let seen = 0;
      for await (const entry of await opendir(path)) {
        seen += 1;
        if (seen > MOST_ENTRIES) break;
        const isFolder =
          entry.isDirectory() ||
          (entry.isSymbolicLink() && (await leadsToFolder(path, entry.name)));
        if (isFolder) names.push(entry.name);
      }
    } catch (error) {
      // Missing, a file, or not for this user: there is nothing to choose from.
      if (error instanceof Error && 'code' in error) return null;
      throw error;
    }
    return names;
  },
  async isRepository(path) {
    return (await exists(join(path, '.git'))) || (await exists(join(path, 'refs', 'heads')));
  },
};

async function leadsToFolder(path: string, name: string): Promise<boolean> {
  try {
    return (await stat(join(path, name))).isDirectory();
  } catch {
    // A link to nowhere is no folder.
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
