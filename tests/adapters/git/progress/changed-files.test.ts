import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedFiles, splitRaw } from '#adapters/git/progress/changed-files.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { tempRepo, writeFiles } from '../../../support/temp-repo.ts';

test('what git says of added, changed, deleted, moved and oddly named files is told apart', () => {
  const repo = tempRepo();
  const long = Array.from({ length: 50 }, (_, line) => `line ${line}\n`).join('');
  repo.commit({ 'changed.txt': 'a\n', 'gone.txt': 'b\n', 'old.txt': long });
  const base = repo.git('rev-parse', 'HEAD');
  renameSync(join(repo.path, 'old.txt'), join(repo.path, '1\t2\tnew.txt'));
  rmSync(join(repo.path, 'gone.txt'));
  writeFiles(repo.path, { 'changed.txt': 'c\n', ':odd': 'd\n' });
  repo.git('add', '--all');
  const output = repo.git('diff', '--raw', '--numstat', '-z', '-M', '--cached', base);
  const { changes, numbers } = splitRaw(output);
  expect(Object.fromEntries(changes)).toEqual({
    ':odd': 'added',
    'changed.txt': 'modified',
    'gone.txt': 'deleted',
    '1\t2\tnew.txt': 'modified',
  });
  expect(numbers).not.toMatch(/^:/);
  expect(numbers).toContain('1\t0\t:odd\0');
  expect(splitRaw('')).toEqual({ changes: new Map(), numbers: '' });
});

test('of a binary file that is there the size is told', async () => {
  const folder = tempDir();
  writeFileSync(join(folder, 'a.bin'), Buffer.alloc(12));
  const files = ['a.bin', 'gone.bin', 'away.bin'].map((path) => ({ path, added: null }));
  const changes = new Map([['gone.bin', 'deleted' as const]]);
  expect(await changedFiles(folder, [...files, { path: 't.txt', added: 3 }], changes)).toEqual([
    { path: 'a.bin', change: 'modified', binary: true, bytes: 12 },
    { path: 'gone.bin', change: 'deleted', binary: true, bytes: null },
    { path: 'away.bin', change: 'modified', binary: true, bytes: null },
    { path: 't.txt', change: 'modified', binary: false, bytes: null },
  ]);
});
