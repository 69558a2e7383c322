import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
import { MIGRATIONS } from '#store/migrations/all.ts';
import { openDatabase } from '#store/open.ts';
import { openStore } from '#store/store.ts';
import { tempDir } from '../support/temp-dir.ts';

function failure(act: () => unknown): ClaustreError {
  try {
    act();
  } catch (error) {
    if (error instanceof ClaustreError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('opening the database', () => {
  test('makes it in WAL mode at the newest schema', () => {
    const db = openDatabase(join(tempDir(), 'claustre.db'));
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(statSync(db.name).mode & 0o777).toBe(0o600);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
  });

  test('of a newer claustre is refused and changes nothing', () => {
    const path = join(tempDir(), 'claustre.db');
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    const error = failure(() => openStore(path));
    expect(error.code).toBe('environment');
    expect(error.message).toContain('newer claustre (schema 99');
    const again = new Database(path);
    expect(again.pragma('user_version', { simple: true })).toBe(99);
    again.close();
  });

  test('that is no database says so', () => {
    const path = join(tempDir(), 'claustre.db');
    writeFileSync(
      path,
      'this is a text, and long enough that nobody takes it for a header\n'.repeat(50),
    );
    expect(failure(() => openStore(path)).message).toContain('is damaged');
  });

  test('in a folder that does not exist says so', () => {
    const error = failure(() => openStore(join(tempDir(), 'nowhere', 'claustre.db')));
    expect(error.code).toBe('environment');
    expect(error.message).toContain('does not exist');
  });

  test('that must exist makes nothing', () => {
    const path = join(tempDir(), 'claustre.db');
    failure(() => openDatabase(path, { mustExist: true }));
    expect(existsSync(path)).toBe(false);
  });

  test('that stays busy is named busy after the time to wait', () => {
    const path = join(tempDir(), 'claustre.db');
    openStore(path).close();
    const holder = new Database(path);
    holder.exec('begin immediate');
    const store = openStore(path, { busyTimeoutMs: 50 });
    const error = failure(() =>
      store.write(() => store.events.append({ kind: 'x', source: 'person', at: '' })),
    );
    expect(error.message).toContain('is busy');
    expect(error.code).toBe('environment');
    store.close();
    holder.close();
  });

  test('that cannot be written is named read-only', () => {
    const folder = join(tempDir(), 'ro');
    mkdirSync(folder);
    const path = join(folder, 'claustre.db');
    openStore(path).close();
    const db = new Database(path, { readonly: true });
    db.close();
    chmodSync(path, 0o400);
    // The superuser writes anyway; the rule then cannot be seen.
    if (process.getuid?.() === 0) return;
    expect(failure(() => openStore(path).write(() => undefined)).message).toContain('read-only');
  });
});
