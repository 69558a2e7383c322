import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ClaustreError } from '#domain/error.ts';
import { MIGRATIONS } from './migrations/all.ts';

export type Db = Database.Database;

/** Waits up to 5 s for another writer: SQLite's back-off is not fair, and the longest wait measured among 20 writers was 1.3 s. */
const BUSY_TIMEOUT_MS = 5_000;

export interface OpenOptions {
  /** Milliseconds to wait for a busy database. */
  busyTimeoutMs?: number;
  /** Fails when the file is not there, and never migrates: for the hook, which must not create a home by accident. */
  mustExist?: boolean;
  /** The loaded native part, where a bundle cannot find it by itself. */
  nativeBinding?: object;
}

/**
 * Opens (and creates or migrates) the database. Throws `environment` with a remedy when it is newer than this claustre, damaged,
 * read-only, busy, or the disk is full.
 */
export function openDatabase(path: string, options: OpenOptions = {}): Db {
  try {
    if (!options.mustExist) makePrivate(path);
    const db = new Database(path, {
      timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
      fileMustExist: options.mustExist ?? false,
      ...(options.nativeBinding === undefined
        ? {}
        : // The library takes a loaded one too, which its types do not say.
          { nativeBinding: options.nativeBinding as unknown as string }),
    });
    try {
      // One call for both: each statement of its own would cost a hook a tenth of a millisecond.
      db.exec('pragma foreign_keys = ON; pragma synchronous = NORMAL');
      const version = schemaVersion(db);
      if (version > MIGRATIONS.length) throw newerSchema(path, version);
      if (version < MIGRATIONS.length) {
        if (options.mustExist) throw olderSchema(path);
        db.pragma('journal_mode = WAL');
        migrate(db);
      }
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw translate(error, path);
  }
}

/** A new file is readable by the user alone; SQLite gives its log files the same rights. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    // Whatever else is wrong with the place, SQLite says it in its own words, which are translated below.
    const known = ['EEXIST', 'ENOENT', 'EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EPERM'];
    if (!known.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Applies what is missing, each step in one transaction that checks the version again: two processes may start at once. A table that is made
 * anew must not take along what points to it, so that references are checked at the end of each step instead.
 */
function migrate(db: Db): void {
  db.pragma('foreign_keys = OFF');
  MIGRATIONS.forEach((migration, index) => {
    db.transaction(() => {
      if (schemaVersion(db) !== index) return;
      db.exec(migration.sql);
      const broken = db.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw brokenReferences(migration.name, broken.length);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  });
  db.pragma('foreign_keys = ON');
}

function brokenReferences(name: string, rows: number): ClaustreError {
  return new ClaustreError(
    'environment',
    `The migration "${name}" was not made: ${rows} rows point to something that is not there.`,
    {
      hint: 'Nothing was changed. Restore a backup, or report it with the output of `claustre doctor`.',
    },
  );
}

function newerSchema(path: string, version: number): ClaustreError {
  return new ClaustreError(
    'environment',
    `The database "${path}" was written by a newer claustre (schema ${version}, this one knows ${MIGRATIONS.length}).`,
    { hint: 'Update claustre; nothing was changed.' },
  );
}

function olderSchema(path: string): ClaustreError {
  return new ClaustreError('environment', `The database "${path}" awaits its migration.`, {
    hint: 'Run any claustre command once.',
  });
}

const SENTENCES: readonly [RegExp, string, string][] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'is busy',
    'Try again; if it stays, `claustre doctor` says who holds it.',
  ],
  [
    /^SQLITE_(FULL|IOERR)/,
    'cannot be written: the disk is full or fails',
    'Free some space, then try again.',
  ],
  [/^SQLITE_READONLY/, 'is read-only', 'Make it and its folder writable for you.'],
  [/^SQLITE_CANTOPEN/, 'cannot be opened', 'Check that its folder exists and belongs to you.'],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'is damaged',
    'Move it aside and restore a backup; nothing was changed.',
  ],
];

/** Turns SQLite's error into one with a sentence and a remedy; anything else is returned as it is. */
export function translate(error: unknown, path: string): unknown {
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) {
    return new ClaustreError(
      'environment',
      `The folder of the database "${path}" does not exist.`,
      {
        hint: 'Make it, or name another data directory in CLAUSTRE_HOME.',
        cause: error,
      },
    );
  }
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || error instanceof ClaustreError) return error;
  const found = SENTENCES.find(([pattern]) => pattern.test(code));
  if (found === undefined) return error;
  return new ClaustreError('environment', `The database "${path}" ${found[1]}.`, {
    hint: found[2],
    cause: error,
    details: { code },
  });
}
