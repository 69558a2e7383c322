import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folders } from '#adapters/folders.ts';
import { tempDir } from '../support/temp-dir.ts';

test('folders are listed, links to folders too, files and broken links not', async () => {
  const dir = tempDir();
  mkdirSync(join(dir, 'app', '.git'), { recursive: true });
  mkdirSync(join(dir, 'bare', 'refs', 'heads'), { recursive: true });
  mkdirSync(join(dir, '.hidden'));
  writeFileSync(join(dir, 'file'), '');
  symlinkSync(join(dir, 'app'), join(dir, 'link'));
  symlinkSync(join(dir, 'nowhere'), join(dir, 'broken'));
  expect((await folders.list(dir))?.sort()).toEqual(['.hidden', 'app', 'bare', 'link']);
  expect(await folders.isRepository(join(dir, 'app'))).toBe(true);
  expect(await folders.isRepository(join(dir, 'bare'))).toBe(true);
  expect(await folders.isRepository(join(dir, '.hidden'))).toBe(false);
});

test('where nothing can be looked into, the answer is null', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'file'), '');
  expect(await folders.list(join(dir, 'nowhere'))).toBeNull();
  expect(await folders.list(join(dir, 'file'))).toBeNull();
});
