import { statSync } from 'node:fs';
import { ClaustreError } from '#domain/error.ts';
import { type OpenOptions, translate } from './open.ts';
import { openStore, type Store } from './store.ts';

/** Opens a store that outlives its file; see openDatabase for what it throws at first. Hooks, which end at once, do without. */
export function openLastingStore(path: string, options: OpenOptions = {}): Store {
  return reconnecting(path, () => openStore(path, options));
}

/**
 * The store of a path, whatever becomes of the file while it is open. SQLite goes on with a file that was removed or replaced, and nobody would
 * ever see what is written to it: so each read of the whole and each change first looks whether the file is still the one that was opened,
 * and opens the new one. Throws `environment` with a remedy while there is none, or while it cannot be used.
 */
function reconnecting(path: string, open: () => Store): Store {
  let store = open();
  let file = fileOf(path);
  let connections = 0;
  let broken = false;
  let depth = 0;

  const connect = (): void => {
    const now = fileOf(path);
    if (now === null) throw gone(path);
    if (now === file && !broken) return;
    const next = open();
    // Closing the old one leaves the files of the new one alone: SQLite sees that its own was moved.
    store.close();
    store = next;
    file = fileOf(path);
    connections += 1;
    broken = false;
  };
  const using = <T>(work: () => T): T => {
    // A read inside of a change belongs to its transaction.
    if (depth === 0) connect();
    try {
      return work();
    } catch (error) {
      // A damaged file may be repaired in its place; only a new connection sees that.
      if (isBroken(error)) broken = true;
      throw translate(error, path);
    }
  };
  const own: Pick<Store, 'write' | 'snapshot' | 'dataVersion'> = {
    write(change) {
      if (depth > 0) return store.write(change);
      return using(() => {
        depth += 1;
        try {
          return store.write(change);
        } finally {
          depth -= 1;
        }
      });
    },
    snapshot: () => using(() => store.snapshot()),
    // Another connection counts from the beginning.
    dataVersion: () => using(() => connections * 1e9 + store.dataVersion()),
  };
  return new Proxy(own as Store, {
    get: (target, key) => Reflect.get(key in target ? target : store, key),
  });
}

/** What a file is known by, whatever it is called; null when there is none. */
function fileOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

function isBroken(error: unknown): boolean {
  const { code, details } = (error ?? {}) as { code?: unknown; details?: { code?: unknown } };
  return /^SQLITE_(?:CORRUPT|NOTADB|IOERR|CANTOPEN)/.test(String(details?.code ?? code));
}

function gone(path: string): ClaustreError {
  return new ClaustreError('environment', `The database "${path}" is gone.`, {
    hint: 'Put it back, or start claustre again for an empty one.',
  });
}
