import { closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Takes a lock that belongs to this process alone: the system itself gives it back when the process ends, however it ends. Returns the
 * function that releases it, or null when another process has it.
 */
export function takeLock(path: string): (() => void) | null {
  // Only a file that is not there yet: whoever closes any descriptor of a file gives back all locks that its process has on it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: 0 });
  try {
    // A rollback journal, since in WAL mode an exclusive transaction lets others read on and would only block writers.
    db.pragma('journal_mode = DELETE');
    db.exec('begin exclusive');
  } catch (error) {
    db.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return () => void db.close();
}
