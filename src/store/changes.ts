import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Store } from './store.ts';

/** inotify fires when the frame is written, before the wal-index lets readers see it; a read at once may find the old state. */
const SETTLE_MS = 20;
/** The guarantee behind the hint: a commit whose file event was too early, or never came, is seen by then. */
const POLL_MS = 1_000;

/**
 * Calls back when something was committed, by this process or another. The file watch is only a hint; what counts is SQLite's own
 * data_version, asked each second for some microseconds. Returns a function that ends it; after that there are no more calls.
 */
export function watchChanges(store: Store, callback: () => void): () => void {
  let seen = stateOf(store);
  let settle: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    settle = undefined;
    const now = stateOf(store);
    if (now === seen) return;
    seen = now;
    callback();
  };
  const hint = (): void => {
    settle ??= setTimeout(look, SETTLE_MS);
  };
  const watcher = watchFolder(store.path, hint);
  const poll = setInterval(look, POLL_MS);
  return () => {
    watcher?.close();
    clearInterval(poll);
    clearTimeout(settle);
  };
}

/** A database that is lost is a state like others: whoever reads then is told why, and again when it is back. */
function stateOf(store: Store): string {
  try {
    return `${store.dataVersion()} ${store.ownChanges()}`;
  } catch {
    return 'lost';
  }
}

/** The log file appears and disappears with the first and last connection, so the folder is watched. */
function watchFolder(path: string, hint: () => void): FSWatcher | null {
  const name = basename(path);
  try {
    const watcher = watch(dirname(path), (_kind, file) => {
      if (file === null || file.startsWith(name)) hint();
    });
    // A system out of watches leaves the poll, which needs none.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
