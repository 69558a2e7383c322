import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writtenSince } from '#adapters/git/radar/written.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('tells whether one of the files was written, made or deleted since, and nothing of the others', () => {
  const root = tempDir();
  mkdirSync(join(root, 'src'));
  for (const name of ['src/a', 'src/b']) writeFileSync(join(root, name), 'x');
  const later = Date.now() + 60_000;
  const files = ['src/a', 'src/new', 'nowhere/c', 'src/a/below'];
  expect(writtenSince(root, files, later)).toBe(false);
  const written = (name: string) => utimesSync(join(root, name), later / 1000, later / 1000);
  written('src/b');
  expect(writtenSince(root, files, later)).toBe(false);
  written('src/a');
  expect(writtenSince(root, files, later)).toBe(true);
  rmSync(join(root, 'src/a'));
  expect(writtenSince(root, files, later)).toBe(false);
  written('src');
  expect(writtenSince(root, files, later)).toBe(true);
});
