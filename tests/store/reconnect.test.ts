import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
import { watchChanges } from '#store/changes.ts';
import { openLastingStore } from '#store/reconnect.ts';
import type { Store } from '#store/store.ts';
import { addProject } from '../support/builders.ts';
import { tempDir } from '../support/temp-dir.ts';
import { waitFor } from '../support/wait-for.ts';

const names = (store: Store): string[] => store.snapshot().projects.map(({ name }) => name);

function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ClaustreError && error.code === 'environment') return error.message;
    throw error;
  }
  throw new Error('It did not fail.');
}

function filled(path: string, name: string): void {
  const store = openLastingStore(path);
  addProject(store, { name, path: `/${name}` });
  store.close();
}

test('a database that is gone says so, takes no change, and works again when it is back', () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  const store = openLastingStore(path);
  renameSync(path, `${path}.away`);
  expect(said(() => store.snapshot())).toContain('is gone');
  expect(said(() => addProject(store, { name: 'two', path: '/two' }))).toContain('is gone');
  expect(existsSync(path)).toBe(false);
  renameSync(`${path}.away`, path);
  addProject(store, { name: 'three', path: '/three' });
  expect(names(store)).toEqual(['one', 'three']);
  store.close();
});

test('a database that was replaced is read and written from then on', () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  const store = openLastingStore(path);
  addProject(store, { name: 'lost', path: '/lost' });
  const version = store.dataVersion();
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  filled(path, 'other');
  expect(store.dataVersion()).not.toBe(version);
  expect(names(store)).toEqual(['other']);
  addProject(store, { name: 'more', path: '/more' });
  const reader = openLastingStore(path);
  expect(names(reader)).toEqual(['more', 'other']);
  reader.close();
  store.close();
});

test('what another process wrote to the new file survives the end of the old connection', () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  const store = openLastingStore(path);
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  const other = openLastingStore(path);
  addProject(other, { name: 'new', path: '/new' });
  expect(names(store)).toEqual(['new']);
  store.close();
  addProject(other, { name: 'newer', path: '/newer' });
  other.close();
  const again = openLastingStore(path);
  expect(names(again)).toEqual(['new', 'newer']);
  again.close();
});

test('a damaged database says so, and works again when a good one is laid over it', () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  copyFileSync(path, `${path}.good`);
  const store = openLastingStore(path);
  expect(names(store)).toEqual(['one']);
  writeFileSync(path, 'this is no database, and never was one '.repeat(300));
  // The pages that are known may be enough for a read; a change is enough to see it.
  expect(said(() => addProject(store, { name: 'x', path: '/x' }))).toContain('is damaged');
  for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  copyFileSync(`${path}.good`, path);
  expect(names(store)).toEqual(['one']);
  store.close();
});

test('a read does not wait for somebody who locks the whole file', () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  const holder = new Database(path);
  const store = openLastingStore(path);
  store.snapshot();
  store.close();
  holder.pragma('locking_mode = exclusive');
  holder.exec('begin exclusive; create table x (y); commit');
  const begun = performance.now();
  // It may be locked out when it opens already.
  const locked = said(() => openLastingStore(path, { busyTimeoutMs: 50 }).snapshot());
  expect(locked).toContain('is busy');
  expect(performance.now() - begun).toBeLessThan(2_000);
  holder.close();
});

test('those who watch are told once when it goes and once when it comes back', async () => {
  const path = join(tempDir(), 'claustre.db');
  filled(path, 'one');
  const store = openLastingStore(path);
  let calls = 0;
  const stop = watchChanges(store, () => {
    calls += 1;
  });
  renameSync(path, `${path}.away`);
  await waitFor('word that it is gone', () => calls === 1, 3_000);
  renameSync(`${path}.away`, path);
  await waitFor('word that it is back', () => calls === 2, 3_000);
  stop();
  store.close();
});
